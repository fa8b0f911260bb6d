'use client';
import { AlertDialog as Base } from '@base-ui/react/alert-dialog';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { Button } from './button.tsx';
import { Input } from './input.tsx';
import { useReturnFocus } from './use-return-focus.ts';

export interface ConfirmDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: ReactNode;
  /** What will happen, and whether it can be undone. */
  description: ReactNode;
  children?: ReactNode;
  confirmLabel: string;
  onConfirm: () => void;
  /** Takes something away or stops something: the button says so. */
  isDangerous?: boolean;
  isBusy?: boolean;
  isConfirmDisabled?: boolean;
  /** The name that has to be typed before the button works. */
  nameToType?: string;
}

/**
 * Asks before something is done. It answers only to its buttons and Escape. With `nameToType` the name has to be
 * typed first, for what cannot be undone.
 */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const t = useTranslations('ui');
  useReturnFocus();
  return (
    <Base.Root open={props.isOpen} onOpenChange={props.onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-50 bg-veil transition-opacity duration-150 data-starting-style:opacity-0 data-ending-style:opacity-0" />
        <Base.Popup className="fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] w-full flex-col rounded-t-xl border border-line bg-surface shadow-float outline-none transition-[opacity,translate] duration-150 data-starting-style:translate-y-2 data-starting-style:opacity-0 data-ending-style:opacity-0 sm:inset-auto sm:top-[14dvh] sm:left-1/2 sm:max-h-[78dvh] sm:max-w-lg sm:-translate-x-1/2 sm:rounded-xl">
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-4 pb-4">
            <Base.Title className="text-base font-semibold">{props.title}</Base.Title>
            <Base.Description className="mt-1.5 text-[0.8125rem] text-ink-soft" render={<div />}>
              {props.description}
            </Base.Description>
            {props.children ? <div className="mt-3">{props.children}</div> : null}
          </div>
          <Answers key={props.nameToType} {...props} cancelLabel={t('cancel')} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function Answers(props: ConfirmDialogProps & { cancelLabel: string }) {
  const t = useTranslations('ui');
  const [typed, setTyped] = useState('');
  const id = useId();
  const isNamed = props.nameToType === undefined || typed === props.nameToType;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isNamed && !props.isBusy && !props.isConfirmDisabled) props.onConfirm();
      }}
    >
      {props.nameToType === undefined ? null : (
        <div className="border-t border-line px-5 pt-3 pb-4">
          <label htmlFor={id} className="mb-1 block text-[0.8125rem]">
            {t.rich('typeName', {
              name: () => (
                <strong className="font-mono text-xs font-semibold break-all">{props.nameToType}</strong>
              ),
            })}
          </label>
          <Input
            id={id}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            className="font-mono"
          />
        </div>
      )}
      <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
        <Base.Close render={<Button />}>{props.cancelLabel}</Base.Close>
        <Button
          type="submit"
          tone={props.isDangerous ? 'danger' : 'primary'}
          isBusy={props.isBusy}
          disabled={!isNamed || props.isConfirmDisabled}
        >
          {props.confirmLabel}
        </Button>
      </div>
    </form>
  );
}
