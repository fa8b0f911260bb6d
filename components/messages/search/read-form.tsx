'use client';

import { RefreshCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { Input } from '../../ui/input.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { fromOf, localTime, type StartPosition, startPositionOf } from './start-position.ts';
import { LIMITS, type Reading } from './use-reading.ts';

export interface ReadFormProps {
  reading: Reading;
  /** Null while not known. */
  partitionCount: number | null;
  onRead: (change: Partial<Reading>) => void;
  /** Reads the same again. */
  onAgain: () => void;
}

/** More partitions than this are found by typing rather than by scrolling. */
const PARTITIONS_IN_A_LIST = 30;

const ALL = 'all';

/** Where to read from, which partition and how much. Choices act at once; typed positions on Enter or Read. */
export function ReadForm({ reading, partitionCount, onRead, onAgain }: ReadFormProps) {
  const t = useTranslations('messages');
  const [position, setPosition] = useState<StartPosition>(() => startPositionOf(reading.from));
  const [known, setKnown] = useState(reading.from);
  const [isAsked, setAsked] = useState(false);
  if (known !== reading.from) {
    setKnown(reading.from);
    setPosition(startPositionOf(reading.from));
  }
  const result = fromOf(position);
  const isTyped = position.kind === 'offset' || position.kind === 'timestamp';

  function choose(kind: StartPosition['kind']) {
    setAsked(false);
    const time =
      kind === 'timestamp' && position.time === '' ? localTime(Date.now() - 3_600_000) : position.time;
    setPosition({ ...position, kind, time });
    if (kind === 'latest' || kind === 'earliest') onRead({ from: kind });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    if (!result.ok) return;
    if (result.from === reading.from) onAgain();
    else onRead({ from: result.from });
  }

  return (
    <form aria-label={t('settings')} onSubmit={submit} className="flex flex-wrap items-start gap-x-3 gap-y-2">
      <Segmented
        label={t('from')}
        value={position.kind}
        onValueChange={choose}
        choices={(['latest', 'earliest', 'offset', 'timestamp'] as const).map((value) => ({
          value,
          label: t(value),
        }))}
      />
      {isTyped && (
        <div className="flex flex-col gap-1">
          {position.kind === 'offset' ? (
            <Input
              aria-label={t('offset')}
              aria-invalid={(isAsked && !result.ok) || undefined}
              aria-describedby="read-form-problem"
              inputMode="numeric"
              placeholder="0"
              value={position.offset}
              onChange={(event) => setPosition({ ...position, offset: event.target.value })}
              className="w-36 text-right"
            />
          ) : (
            <Input
              aria-label={t('timestamp')}
              aria-invalid={(isAsked && !result.ok) || undefined}
              aria-describedby="read-form-problem"
              type="datetime-local"
              step={1}
              value={position.time}
              onChange={(event) => setPosition({ ...position, time: event.target.value })}
              className="w-56"
            />
          )}
          <p id="read-form-problem" role="status" className="text-critical text-xs empty:hidden">
            {isAsked && !result.ok ? t(`problems.${result.problem}`) : null}
          </p>
        </div>
      )}
      <PartitionChoice reading={reading} partitionCount={partitionCount} onRead={onRead} />
      <Select
        label={t('limit')}
        value={String(reading.limit)}
        onValueChange={(limit) => onRead({ limit: Number(limit) })}
        choices={[...new Set([...LIMITS, reading.limit])]
          .sort((one, other) => one - other)
          .map((limit) => ({ value: String(limit), label: t('shown', { count: limit }) }))}
        className="min-w-36"
      />
      <Switch isOn={reading.follow} onChange={(follow) => onRead({ follow })}>
        <span title={t('followHint')}>{t('follow')}</span>
      </Switch>
      <Button type="submit" icon={RefreshCw}>
        {isTyped ? t('read') : t('again')}
      </Button>
    </form>
  );
}

function PartitionChoice({
  reading,
  partitionCount,
  onRead,
}: Pick<ReadFormProps, 'reading' | 'partitionCount' | 'onRead'>) {
  const t = useTranslations('messages');
  const count = Math.max(partitionCount ?? 0, (reading.partition ?? -1) + 1);
  const ids = Array.from({ length: count }, (_, partition) => String(partition));
  const nameOf = (id: string) => (id === ALL ? t('allPartitions') : t('partitionNumber', { partition: id }));
  const shared = {
    label: t('partition'),
    value: reading.partition === undefined ? ALL : String(reading.partition),
  };
  if (count > PARTITIONS_IN_A_LIST) {
    return (
      <Combobox
        {...shared}
        onValueChange={(id) => onRead({ partition: id === null || id === ALL ? undefined : Number(id) })}
        choices={[ALL, ...ids]}
        labelOf={nameOf}
        className="w-40"
      />
    );
  }
  return (
    <Select
      {...shared}
      onValueChange={(id) => onRead({ partition: id === ALL ? undefined : Number(id) })}
      choices={[ALL, ...ids].map((value) => ({ value, label: nameOf(value) }))}
      className="min-w-36"
    />
  );
}
