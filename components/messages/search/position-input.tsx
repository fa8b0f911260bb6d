'use client';

import { Clock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { Input } from '../../ui/input.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import type { DraftProblem } from './draft.ts';
import { type EndPosition, localTime, type StartPosition } from './position.ts';

/** Minutes back from now that are offered. */
const AGO = [5, 15, 60, 6 * 60, 24 * 60, 7 * 24 * 60] as const;

export interface PositionInputProps<Where extends StartPosition | EndPosition> {
  /** Begins the accessible name: where reading starts, or ends. */
  name: 'start' | 'end';
  position: Where;
  problem: DraftProblem | undefined;
  onChange: (position: Where) => void;
  /** A time was chosen, not typed. */
  onChoose?: (position: Where) => void;
}

/** The offset or the time that was chosen to start or to end at; nothing for a position that needs no more words. */
export function PositionInput<Where extends StartPosition | EndPosition>({
  name,
  position,
  problem,
  onChange,
  onChoose,
}: PositionInputProps<Where>) {
  const t = useTranslations('messages.search');
  const id = useId();
  if (position.kind !== 'offset' && position.kind !== 'timestamp') return null;
  const shared = {
    'aria-invalid': problem ? (true as const) : undefined,
    'aria-describedby': id,
  };
  return (
    <div className="flex flex-col gap-1">
      {position.kind === 'offset' ? (
        <Input
          {...shared}
          aria-label={t(`${name}Offset`)}
          inputMode="numeric"
          placeholder="0"
          title={t('offsetHint')}
          value={position.offset}
          onChange={(event) => onChange({ ...position, offset: event.target.value })}
          className="w-36 text-right"
        />
      ) : (
        <div className="flex items-center">
          <Input
            {...shared}
            aria-label={t(`${name}Time`)}
            type="datetime-local"
            step={position.time.length > 19 ? 0.001 : 1}
            value={position.time}
            onChange={(event) => onChange({ ...position, time: event.target.value })}
            className="w-56"
          />
          {onChoose && (
            <Menu trigger={<IconButton icon={Clock} label={t('ago')} />}>
              {AGO.map((minutes) => (
                <MenuItem
                  key={minutes}
                  onSelect={() =>
                    onChoose({
                      ...position,
                      time: localTime(Math.floor(Date.now() / 1000 - minutes * 60) * 1000),
                    })
                  }
                >
                  {t(minutes < 60 ? 'minutesAgo' : minutes < 24 * 60 ? 'hoursAgo' : 'daysAgo', {
                    count: minutes < 60 ? minutes : minutes < 24 * 60 ? minutes / 60 : minutes / (24 * 60),
                  })}
                </MenuItem>
              ))}
            </Menu>
          )}
        </div>
      )}
      <p id={id} role="status" className="text-critical text-xs empty:hidden">
        {problem ? t(`problems.${problem}`) : null}
      </p>
    </div>
  );
}
