'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { send } from '../../../lib/contract/client.ts';
import type { Produced } from '../../../lib/contract/messages.ts';
import { useAction } from '../../data/use-action.ts';
import { useEndpoint } from '../../data/use-endpoint.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureLine } from '../../ui/error-state.tsx';
import { HealthMark } from '../../ui/health.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { messageHref } from '../message-address.ts';
import { HeaderFields, KeyField, PartitionField, TimestampField, ValueField } from './produce-fields.tsx';
import {
  EMPTY_PRODUCE_FORM,
  newSeed,
  type ProduceForm,
  produceBodyOf,
  seriesBodyOf,
} from './produce-form.ts';
import { sendingJob } from './sending-job.ts';
import { SendingView } from './sending-view.tsx';
import { SeriesFields, SeriesPreview } from './series-fields.tsx';
import { useSending } from './use-sending.ts';

export interface ProduceDialogProps {
  cluster: string;
  topic: string;
  partitionCount: number | null;
  /** What the form begins with, e.g. a copy of another message. */
  initial?: Partial<ProduceForm>;
  onClose: () => void;
}

/** Sends messages one at a time, or a series made of a template, and stays open for the next, saying where they went. */
export function ProduceDialog({ cluster, topic, partitionCount, initial, onClose }: ProduceDialogProps) {
  const t = useTranslations('doing.produce');
  const [typed, setTyped] = useState<Partial<ProduceForm>>(initial ?? {});
  const [seed, setSeed] = useState(newSeed);
  const [sent, setSent] = useState<Produced | null>(null);
  const produce = useAction('produceMessage', { showsFailure: true });
  const sending = useSending(cluster);
  const serdes = useEndpoint('getTopicSerdes', { params: { cluster, topic } }, { refetchInterval: false });
  const form: ProduceForm = {
    ...EMPTY_PRODUCE_FORM,
    keyAs: serdes.data?.key.serde ?? EMPTY_PRODUCE_FORM.keyAs,
    valueAs: serdes.data?.value.serde ?? EMPTY_PRODUCE_FORM.valueAs,
    ...typed,
  };
  const change = (changed: Partial<ProduceForm>) => {
    setTyped({ ...typed, ...changed });
    if (!sending.isUnderWay) sending.reset();
    produce.reset();
  };
  const one = form.isSeries ? null : produceBodyOf(form);
  const series = form.isSeries ? seriesBodyOf(form, seed) : null;
  const parts = { form, onChange: change, serdes: serdes.data?.available ?? [] };

  async function submit() {
    if (one) {
      setSent(null);
      const answer = await produce.run({ params: { cluster, topic }, body: one });
      if (answer) setSent(answer);
    }
    if (series && !sending.isUnderWay) sendSeries(0);
  }

  function sendSeries(first: number) {
    if (!series) return;
    const body = { ...series, first, count: series.count - first };
    sending.start(
      sendingJob((signal) => send('produceMany', { params: { cluster, topic }, body }, { signal })),
    );
  }

  const next = sending.end?.next?.index;
  const rest = series && next !== undefined ? series.count - next : 0;

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen && !sending.isUnderWay) onClose();
      }}
      title={<span className="break-all">{t('title', { topic })}</span>}
      description={t('description')}
      width={form.isSeries ? 'large' : 'medium'}
      footer={
        <>
          {sent && !form.isSeries && <Sent cluster={cluster} topic={topic} sent={sent} onFollow={onClose} />}
          {sending.isUnderWay ? (
            <Button onClick={sending.cancel} disabled={sending.phase === 'cancelling'}>
              {t('cancel')}
            </Button>
          ) : (
            <Button onClick={onClose}>{t('close')}</Button>
          )}
          <Button
            type="submit"
            form="produce"
            tone="primary"
            isBusy={produce.isBusy || sending.isUnderWay}
            disabled={!one && !series}
          >
            {series ? t('submitMany', { count: series.count }) : t('submit')}
          </Button>
        </>
      }
    >
      <form
        id="produce"
        noValidate
        className={form.isSeries ? 'grid gap-x-8 gap-y-5 md:grid-cols-2' : 'space-y-4'}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className="min-w-0 space-y-4">
          <Segmented
            label={t('howMany')}
            value={form.isSeries ? 'series' : 'one'}
            onValueChange={(kind) => change({ isSeries: kind === 'series' })}
            choices={[
              { value: 'one', label: t('one') },
              { value: 'series', label: t('series') },
            ]}
          />
          <KeyField {...parts} />
          <ValueField {...parts} />
          <HeaderFields {...parts} />
          <PartitionField {...parts} partitionCount={partitionCount} />
          <TimestampField {...parts} />
          {produce.failure && <FailureLine failure={produce.failure} />}
        </div>
        {form.isSeries && (
          <div className="min-w-0 space-y-4">
            <SeriesFields {...parts} />
            <SeriesPreview
              form={form}
              seed={seed}
              onAgain={() => {
                setSeed(newSeed());
                if (!sending.isUnderWay) sending.reset();
              }}
            />
            <SendingView
              cluster={cluster}
              sending={sending}
              actions={
                rest > 0 &&
                next !== undefined && (
                  <Button size="small" onClick={() => sendSeries(next)}>
                    {t('goOn', { count: rest })}
                  </Button>
                )
              }
            />
          </div>
        )}
      </form>
    </Dialog>
  );
}

interface SentProps {
  cluster: string;
  topic: string;
  sent: Produced;
  onFollow: () => void;
}

function Sent({ cluster, topic, sent, onFollow }: SentProps) {
  const t = useTranslations('doing.produce');
  return (
    <p role="status" className="mr-auto flex items-center gap-2 text-[0.8125rem]">
      <HealthMark health="ok" />
      {t('sent', { partition: sent.partition, offset: String(sent.offset) })}
      <TextLink href={messageHref(cluster, topic, sent)} onClick={onFollow}>
        {t('open')}
      </TextLink>
    </p>
  );
}
