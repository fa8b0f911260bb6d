'use client';

import { CircleSlash, CircleX, EyeOff, Flag, Hourglass, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Message, Payload } from '../../../lib/contract/messages.ts';
import { Badge, HealthBadge } from '../../ui/health.tsx';

/** What sets a message apart: a tombstone, a control record, one of a transaction that was aborted or is open. */
export function MessageMarks({ message }: { message: Message }) {
  const t = useTranslations('messages.marks');
  const { control, transaction, value } = message;
  return (
    <>
      {control && (
        <Mark icon={Flag} title={t('controlHint')}>
          {t('control', { type: control.type })}
        </Mark>
      )}
      {transaction === 'aborted' && (
        <Mark icon={CircleX} title={t('abortedHint')}>
          {t('aborted')}
        </Mark>
      )}
      {transaction === 'open' && (
        <Mark icon={Hourglass} title={t('openHint')}>
          {t('open')}
        </Mark>
      )}
      {value === null && !control && (
        <Mark icon={CircleSlash} title={t('tombstoneHint')}>
          {t('tombstone')}
        </Mark>
      )}
    </>
  );
}

/** What sets a key or value apart: it is not text, could not be read, or parts of it are hidden. */
export function PayloadMarks({ payload }: { payload: Payload }) {
  const t = useTranslations('messages.marks');
  const { decoded, encoding } = payload;
  if (decoded?.problem) {
    return (
      <span title={decoded.problem}>
        <HealthBadge health="warning">{t('unreadable', { serde: decoded.serde })}</HealthBadge>
      </span>
    );
  }
  return (
    <>
      {decoded?.isMasked && (
        <Mark icon={EyeOff} title={t('maskedHint')}>
          {t('masked')}
        </Mark>
      )}
      {!decoded && encoding === 'base64' && <Badge>{t('binary')}</Badge>}
    </>
  );
}

function Mark({ icon: Icon, title, children }: { icon: LucideIcon; title: string; children: string }) {
  return (
    <Badge title={title} className="shrink-0">
      <Icon aria-hidden className="size-3.5" />
      {children}
    </Badge>
  );
}
