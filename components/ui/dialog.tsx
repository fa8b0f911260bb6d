'use client';
import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';
import { useMedia } from './use-media.ts';
import { useReturnFocus } from './use-return-focus.ts';

const veilClass =
  'fixed inset-0 z-50 bg-veil transition-opacity duration-150 data-starting-style:opacity-0 data-ending-style:opacity-0';

export interface DialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  width?: 'small' | 'medium' | 'large';
}

const widths = { small: 'sm:max-w-md', medium: 'sm:max-w-xl', large: 'sm:max-w-4xl' };

function Head({
  title,
  description,
  actions,
}: Pick<DialogProps, 'title' | 'description'> & { actions?: ReactNode }) {
  const t = useTranslations('ui');
  return (
    <div className="flex items-start gap-3 px-5 pt-4 pb-3">
      <div className="min-w-0 flex-1">
        <Base.Title className="text-base font-semibold">{title}</Base.Title>
        {description ? (
          <Base.Description className="mt-1 text-[0.8125rem] text-ink-soft">{description}</Base.Description>
        ) : null}
      </div>
      {actions}
      <Base.Close
        aria-label={t('close')}
        className="-mr-1.5 grid size-8 shrink-0 place-items-center rounded-md text-ink-faint hover:bg-hover hover:text-ink"
      >
        <X aria-hidden className="size-4" />
      </Base.Close>
    </div>
  );
}

function Foot({ children }: { children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
      {children}
    </div>
  );
}

/** A window over the page; on phones it comes from below and takes the width. */
export function Dialog({
  isOpen,
  onOpenChange,
  title,
  description,
  children,
  footer,
  width = 'medium',
}: DialogProps) {
  useReturnFocus();
  return (
    <Base.Root open={isOpen} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={veilClass} />
        <Base.Popup
          className={cn(
            'fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] w-full flex-col rounded-t-xl border border-line bg-surface shadow-float outline-none',
            'sm:inset-auto sm:top-[8dvh] sm:left-1/2 sm:max-h-[84dvh] sm:-translate-x-1/2 sm:rounded-xl',
            'transition-[opacity,translate] duration-150 data-starting-style:translate-y-2 data-starting-style:opacity-0 data-ending-style:opacity-0',
            widths[width],
          )}
        >
          <Head title={title} description={description} />
          {children ? <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-4">{children}</div> : null}
          {footer ? <Foot>{footer}</Foot> : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

export interface DrawerProps extends Omit<DialogProps, 'width'> {
  /** Of large screens; on smaller ones it takes what there is. */
  width?: 'medium' | 'large' | 'largest';
  /** Buttons beside the one that closes it. */
  actions?: ReactNode;
}

const drawerWidths = {
  medium: 'sm:max-w-xl',
  large: 'sm:max-w-2xl',
  largest: 'sm:max-w-[min(80rem,calc(100vw-6rem))]',
};

/**
 * A panel at the side, for looking at one thing while the list stays in sight and can be used; where there is no room for
 * both it lies over the page.
 */
export function Drawer({
  isOpen,
  onOpenChange,
  title,
  description,
  actions,
  children,
  footer,
  width = 'medium',
}: DrawerProps) {
  useReturnFocus();
  const isBeside = useMedia('(min-width: 64rem)');
  return (
    <Base.Root open={isOpen} onOpenChange={onOpenChange} modal={!isBeside} disablePointerDismissal={isBeside}>
      <Base.Portal>
        {isBeside ? null : <Base.Backdrop className={veilClass} />}
        <Base.Popup
          className={cn(
            'fixed inset-y-0 right-0 z-45 flex w-full flex-col border-l border-line bg-surface shadow-float outline-none max-lg:z-50',
            'transition-[opacity,translate] duration-150 data-starting-style:translate-x-4 data-starting-style:opacity-0 data-ending-style:opacity-0',
            drawerWidths[width],
          )}
        >
          <Head title={title} description={description} actions={actions} />
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-4">{children}</div>
          {footer ? <Foot>{footer}</Foot> : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
