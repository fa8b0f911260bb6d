'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Select } from '../../ui/select.tsx';
import { localTime } from '../search/position.ts';
import { PositionInput } from '../search/position-input.tsx';
import { ISOLATIONS, LIMITS, ORDERS, PLACES, TOMBSTONES } from '../search/reading.ts';
import type { DraftEditing } from '../search/use-draft.ts';

/** Key, header, size and what else can be asked, and what is read and how. What is chosen acts at once. */
export function MoreFilters({ editing }: { editing: DraftEditing }) {
  const t = useTranslations('messages.search');
  const { draft, run } = editing;
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3 xl:grid-cols-6">
      <TextField name="key" editing={editing} />
      <TextField name="header" editing={editing} />
      <Choice
        name="in"
        value={draft.in}
        choices={PLACES.map((value) => ({ value, label: t(`places.${value}`) }))}
        onChoose={(place) => run({ in: place })}
      />
      <Choice
        name="tombstones"
        value={draft.tombstones}
        choices={TOMBSTONES.map((value) => ({ value, label: t(`tombstones.${value}`) }))}
        onChoose={(tombstones) => run({ tombstones })}
      />
      <TextField name="minSize" editing={editing} />
      <TextField name="maxSize" editing={editing} />
      <Until editing={editing} />
      <Choice
        name="order"
        value={draft.order ?? 'auto'}
        isDisabled={draft.follow}
        choices={(['auto', ...ORDERS] as const).map((value) => ({ value, label: t(`orders.${value}`) }))}
        onChoose={(order) => run({ order: order === 'auto' ? null : order })}
      />
      <Choice
        name="limit"
        value={String(draft.limit)}
        choices={[...new Set([...LIMITS, draft.limit])]
          .sort((one, other) => one - other)
          .map((limit) => ({ value: String(limit), label: t('messages', { count: limit }) }))}
        onChoose={(limit) => run({ limit: Number(limit) })}
      />
      <Choice
        name="isolation"
        value={draft.isolation}
        choices={ISOLATIONS.map((value) => ({ value, label: t(`isolations.${value}`) }))}
        onChoose={(isolation) => run({ isolation })}
      />
      <Checkbox
        isChecked={draft.control}
        onCheckedChange={(control) => run({ control })}
        className="min-h-8 self-end justify-self-start"
      >
        {t('tests.control')}
      </Checkbox>
    </div>
  );
}

interface TextFieldProps {
  name: 'key' | 'header' | 'minSize' | 'maxSize';
  editing: DraftEditing;
}

function TextField({ name, editing: { draft, edit, problems } }: TextFieldProps) {
  const t = useTranslations('messages.search');
  const problem = name === 'minSize' || name === 'maxSize' ? problems[name] : undefined;
  return (
    <Field label={t(`tests.${name}`)} error={problem && t(`problems.${problem}`)}>
      {(control) => (
        <Input
          {...control}
          placeholder={t(`placeholders.${name}`)}
          value={draft[name]}
          onChange={(event) => edit({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
}

interface ChoiceProps<Value extends string> {
  name: 'in' | 'tombstones' | 'order' | 'limit' | 'isolation';
  value: Value;
  choices: { value: Value; label: ReactNode }[];
  onChoose: (value: Value) => void;
  isDisabled?: boolean;
}

function Choice<Value extends string>({ name, value, choices, onChoose, isDisabled }: ChoiceProps<Value>) {
  const t = useTranslations('messages.search');
  return (
    <Field label={t(`tests.${name}`)}>
      {({ id }) => (
        <Select
          id={id}
          value={value}
          onValueChange={onChoose}
          choices={choices}
          isDisabled={isDisabled}
          className="w-full"
        />
      )}
    </Field>
  );
}

/** Where reading ends: with the logs, or before. */
function Until({ editing: { draft, edit, run, problems } }: { editing: DraftEditing }) {
  const t = useTranslations('messages.search');
  const { end } = draft;
  const kinds = [
    'end',
    'offset',
    'timestamp',
    ...(end.kind === 'offsets' ? ['offsets' as const] : []),
  ] as const;
  return (
    <div className="min-w-0 space-y-2">
      <Field label={t('tests.until')}>
        {({ id }) => (
          <Select
            id={id}
            value={end.kind}
            isDisabled={draft.follow}
            onValueChange={(kind) => {
              const time =
                kind === 'timestamp' && end.time === '' ? localTime(Date.now()).slice(0, 19) : end.time;
              const change = { end: { ...end, kind, time } };
              if (kind === 'end') run(change);
              else edit(change);
            }}
            choices={kinds.map((value) => ({ value, label: t(`ends.${value}`) }))}
            className="w-full"
          />
        )}
      </Field>
      <PositionInput
        name="end"
        position={end}
        problem={problems.end}
        onChange={(next) => edit({ end: next })}
      />
    </div>
  );
}
