'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { send } from '../../../lib/contract/client.ts';
import type { ResendPlan, ResendRequest } from '../../../lib/contract/resend.ts';
import type { SendingEnd } from '../../../lib/contract/sending.ts';
import { PlanView } from '../../changes/plan-view.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useNumberText } from '../../ui/format.tsx';
import { ResendFields } from './resend-fields.tsx';
import { emptyResendForm, type ResendForm, type ResendWhat, resendRequestOf } from './resend-form.ts';
import { ResendSamples } from './resend-samples.tsx';
import { sendingJob } from './sending-job.ts';
import { SendingView } from './sending-view.tsx';
import { type ResendPreview, useResendPreview } from './use-resend-preview.ts';
import { type Sending, useSending } from './use-sending.ts';

export interface ResendDialogProps {
  cluster: string;
  what: ResendWhat;
  /** Names of headers that the messages have, to choose the one that names the topic. */
  headerNames?: readonly string[];
  onClose: () => void;
}

/** Sends messages again, to any topic of any cluster: choose where, see what will happen, then do it. */
export function ResendDialog({ cluster, what, headerNames = [], onClose }: ResendDialogProps) {
  const t = useTranslations('doing.resend');
  const [form, setForm] = useState<ResendForm>(() => emptyResendForm(cluster));
  const sending = useSending(cluster);
  const request = resendRequestOf(what, form);
  const preview = useResendPreview(cluster, request);
  const { plan } = preview;
  const isOver = sending.phase === 'ended' || sending.phase === 'failed';
  const start = (body: ResendRequest) =>
    sending.start(sendingJob((signal) => send('resendMessages', { params: { cluster }, body }, { signal })));

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen && !sending.isUnderWay) onClose();
      }}
      title={what.kind === 'messages' ? t('titleNamed', { count: what.messages.length }) : t('titleSearch')}
      description={t('description')}
      width="large"
      footer={
        <Footer
          preview={preview}
          sending={sending}
          isComplete={request !== null}
          onSend={() => plan && start(plan.request)}
          onClose={onClose}
        />
      }
    >
      <form
        id="resend"
        noValidate
        className="grid gap-x-8 gap-y-5 md:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (!preview.isWorking && !sending.isUnderWay && !isOver) preview.run();
        }}
      >
        <ResendFields
          cluster={cluster}
          what={what}
          form={form}
          headerNames={headerNames}
          isDisabled={sending.isUnderWay || isOver}
          onChange={(changed) => {
            preview.stop();
            setForm({ ...form, ...changed });
          }}
        />
        <div className="min-w-0 space-y-4">
          {sending.phase === 'idle' && <Preview preview={preview} />}
          <SendingView
            cluster={form.cluster}
            sending={sending}
            actions={sending.end && request && <Next end={sending.end} request={request} onStart={start} />}
          />
        </div>
      </form>
    </Dialog>
  );
}

interface FooterProps {
  preview: ResendPreview;
  sending: Sending;
  isComplete: boolean;
  onSend: () => void;
  onClose: () => void;
}

function Footer({ preview, sending, isComplete, onSend, onClose }: FooterProps) {
  const t = useTranslations('doing.resend');
  const { plan } = preview;
  if (sending.isUnderWay) {
    return (
      <Button onClick={sending.cancel} disabled={sending.phase === 'cancelling'}>
        {t('cancelSending')}
      </Button>
    );
  }
  if (sending.phase !== 'idle') {
    return (
      <Button tone="primary" onClick={onClose}>
        {t('close')}
      </Button>
    );
  }
  return (
    <>
      <Button onClick={preview.isWorking ? preview.stop : onClose}>
        {t(preview.isWorking ? 'stopPreview' : 'cancel')}
      </Button>
      {plan && preview.isCurrent ? (
        <Button tone="primary" disabled={plan.count === 0} onClick={onSend}>
          {t('submit', { count: plan.count })}
        </Button>
      ) : (
        <Button type="submit" form="resend" tone="primary" disabled={!isComplete} isBusy={preview.isWorking}>
          {t('preview')}
        </Button>
      )}
    </>
  );
}

function Preview({ preview }: { preview: ResendPreview }) {
  const t = useTranslations('doing.resend');
  const { plan, progress } = preview;
  return (
    <>
      <PlanView
        plan={plan}
        failure={preview.failure}
        isWorking={preview.isWorking}
        idle={t('beforePreview')}
      />
      {progress && !plan && preview.isWorking && (
        <p className="text-[0.8125rem] text-ink-soft tabular-nums">
          {t('looking', { found: progress.given, scanned: progress.scanned ?? 0 })}
        </p>
      )}
      {plan && <Found plan={plan} />}
    </>
  );
}

function Found({ plan }: { plan: ResendPlan }) {
  const t = useTranslations('doing.resend');
  const text = useNumberText();
  if (plan.count === 0) return <p className="text-[0.8125rem] text-ink-soft">{t('nothing')}</p>;
  return (
    <div className="space-y-2">
      <p className="text-[0.8125rem]">{t('found', { count: plan.count, size: text.bytes(plan.bytes) })}</p>
      {plan.targets.length > 1 && (
        <ul className="text-xs text-ink-soft">
          {plan.targets.slice(0, MOST_TARGETS).map(({ topic, count }) => (
            <li key={topic} className="break-all">
              {t('target', { topic, count })}
            </li>
          ))}
          {plan.targets.length > MOST_TARGETS && (
            <li>{t('moreTargets', { count: plan.targets.length - MOST_TARGETS })}</li>
          )}
        </ul>
      )}
      <ResendSamples samples={plan.samples} />
    </div>
  );
}

const MOST_TARGETS = 10;

interface NextProps {
  end: SendingEnd;
  request: ResendRequest;
  onStart: (request: ResendRequest) => void;
}

/** To go on where it ended, and to send again what was not sent. Never what may have been written. */
function Next({ end, request, onStart }: NextProps) {
  const t = useTranslations('doing.resend');
  const unsent = end.failures.flatMap(({ state, source }) => (state === 'unsent' && source ? [source] : []));
  const rest = end.next?.request;
  return (
    <>
      {unsent.length > 0 && (
        <Button
          size="small"
          onClick={() => onStart({ ...request, search: undefined, max: undefined, messages: unsent })}
        >
          {t('sendUnsent', { count: unsent.length })}
        </Button>
      )}
      {rest && (
        <Button size="small" onClick={() => onStart(rest as ResendRequest)}>
          {t('goOn')}
        </Button>
      )}
    </>
  );
}
