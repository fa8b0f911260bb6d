'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Failure } from '../../lib/contract/failure.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureLine } from '../ui/error-state.tsx';
import { PlanView } from './plan-view.tsx';
import type { PlanPreview } from './use-plan-preview.ts';

export interface ChangeDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  /** The form that describes the change. */
  children?: ReactNode;
  /** Null: there is nothing to plan, as the form says. */
  preview: PlanPreview | null;
  submitLabel: string;
  /** Called only when the plan in sight is that of the form as it stands. */
  onSubmit: () => void;
  isBusy: boolean;
  /** False while the form is not complete. */
  isComplete: boolean;
  failure: Failure | undefined;
  width?: 'medium' | 'large';
}

/** Every change goes this way: describe it, see what it will do, then do it. */
export function ChangeDialog(props: ChangeDialogProps) {
  const t = useTranslations('plans');
  const { preview, isComplete, isBusy } = props;
  const isReady =
    isComplete && preview?.plan !== undefined && !preview.isWorking && preview.failure === undefined;
  const isLarge = props.width === 'large' && props.children;
  return (
    <Dialog
      isOpen={props.isOpen}
      onOpenChange={props.onOpenChange}
      title={props.title}
      description={props.description}
      width={props.width}
      footer={
        <>
          <Button onClick={() => props.onOpenChange(false)}>{t('cancel')}</Button>
          <Button type="submit" form="change" tone="primary" disabled={!isReady} isBusy={isBusy}>
            {props.submitLabel}
          </Button>
        </>
      }
    >
      <form
        id="change"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !isBusy) props.onSubmit();
        }}
        className={isLarge ? 'grid gap-x-8 gap-y-5 md:grid-cols-2' : 'space-y-5'}
      >
        {props.children && <div className="min-w-0 space-y-4">{props.children}</div>}
        <div className="min-w-0 space-y-3">
          {preview && <PlanView {...preview} />}
          {props.failure && <FailureLine failure={props.failure} />}
        </div>
      </form>
    </Dialog>
  );
}
