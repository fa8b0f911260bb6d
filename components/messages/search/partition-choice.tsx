'use client';

import { useTranslations } from 'next-intl';
import { partitionRanges } from '../../data/partition-ranges.ts';
import { MultiSelect } from '../../ui/multi-select.tsx';

export interface PartitionChoiceProps {
  partitions: readonly number[];
  /** Null while not known. */
  partitionCount: number | null;
  onChange: (partitions: number[]) => void;
  onClose: () => void;
}

/** Which partitions are read: none chosen means all. */
export function PartitionChoice({ partitions, partitionCount, onChange, onClose }: PartitionChoiceProps) {
  const t = useTranslations('messages.search');
  const known = Array.from({ length: partitionCount ?? 0 }, (_, partition) => partition);
  const shown =
    partitions.length === 0
      ? t('allPartitions')
      : t('somePartitions', { count: partitions.length, partitions: partitionRanges(partitions) });
  return (
    <MultiSelect
      label={t('partitions')}
      values={partitions.map(String)}
      onValuesChange={(values) => onChange(values.map(Number).sort((one, other) => one - other))}
      onClose={onClose}
      choices={[...new Set([...known, ...partitions])].map(String)}
      labelOf={(partition) => t('partitionNumber', { partition })}
      noneLabel={t('allPartitions')}
      className="max-w-56 min-w-36"
    >
      {shown}
    </MultiSelect>
  );
}
