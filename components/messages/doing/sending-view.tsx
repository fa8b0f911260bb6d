'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { SendingEnd, SendingFailure } from '../../../lib/contract/sending.ts';
import { FailureLine } from '../../ui/error-state.tsx';
import { useNumberText } from '../../ui/format.tsx';
import { type Health, HealthMark } from '../../ui/health.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { messageHref } from '../message-address.ts';
import type { SentSoFar } from './sending-feed.ts';
import type { Sending } from './use-sending.ts';

export interface SendingViewProps {
  /** The cluster that is sent to. */
  cluster: string;
  sending: Sending;
  /** What can be done next: to go on, to send again what was not sent. */
  actions?: ReactNode;
}

/** How a sending goes, and what has become of it. Nothing before it begins. */
export function SendingView({ cluster, sending, actions }: SendingViewProps) {
  const { phase, soFar, end, failure } = sending;
  if (phase === 'idle') return null;
  return (
    <section className="space-y-3 rounded-md border border-line p-3">
      {sending.isUnderWay && <Progress soFar={soFar} isEnding={phase === 'cancelling'} />}
      {failure && (
        <>
          <FailureLine failure={failure} />
          {soFar && soFar.acknowledged > 0 && <LastKnown soFar={soFar} />}
        </>
      )}
      {end && <Result cluster={cluster} end={end} />}
      {(end || failure) && actions ? (
        <div className="flex flex-wrap gap-2 empty:hidden">{actions}</div>
      ) : null}
    </section>
  );
}

function Progress({ soFar, isEnding }: { soFar: SentSoFar | null; isEnding: boolean }) {
  const t = useTranslations('doing.sending');
  const text = useNumberText();
  const percent = soFar?.share == null ? null : Math.floor(soFar.share * 100);
  return (
    <div className="space-y-1.5">
      <div
        role="progressbar"
        aria-label={t('progress')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent ?? undefined}
        className="h-1.5 overflow-hidden rounded-full bg-sunken"
      >
        <div
          className={percent === null ? 'h-full w-1/3 animate-pulse bg-edge' : 'h-full bg-inverse'}
          style={percent === null ? undefined : { width: `${percent}%` }}
        />
      </div>
      <p className="flex flex-wrap gap-x-3 text-[0.8125rem] text-ink-soft tabular-nums">
        <span className="font-medium text-ink">
          {soFar === null
            ? t('beginning')
            : soFar.total === null
              ? t('acknowledged', { count: soFar.acknowledged })
              : t('acknowledgedOf', { count: soFar.acknowledged, total: soFar.total })}
        </span>
        {soFar && soFar.refused > 0 && <span>{t('refused', { count: soFar.refused })}</span>}
        {soFar?.rate != null && <span>{t('rate', { rate: text.compact(Math.round(soFar.rate)) })}</span>}
        {soFar && <span>{text.bytes(soFar.bytes)}</span>}
        {isEnding && <span role="status">{t('ending')}</span>}
      </p>
    </div>
  );
}

function LastKnown({ soFar }: { soFar: SentSoFar }) {
  const t = useTranslations('doing.sending');
  return (
    <p className="text-[0.8125rem] text-ink-soft">
      {t('lastKnown', { count: soFar.acknowledged })}
      {soFar.upTo === undefined ? '' : ` ${t('lastLine', { line: soFar.upTo })}`}
    </p>
  );
}

const MOST_RANGES = 8;

function Result({ cluster, end }: { cluster: string; end: SendingEnd }) {
  const t = useTranslations('doing.sending');
  const { acknowledged, refused, unsent, unknown, elapsedMs, ranges, problems } = end;
  return (
    <div className="space-y-2 text-[0.8125rem]">
      <p role="status" className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <HealthMark health={healthOf(end)} />
        <strong className="font-medium">{t(`reason.${end.reason}`)}</strong>
        <span>{t('sent', { count: acknowledged })}</span>
        {refused > 0 && <span>{t('refused', { count: refused })}</span>}
        {unsent > 0 && <span>{t('unsent', { count: unsent })}</span>}
        {unknown > 0 && <span>{t('unknown', { count: unknown })}</span>}
        <span className="text-ink-faint">{t('took', { seconds: (elapsedMs / 1000).toFixed(1) })}</span>
      </p>
      {end.next?.line !== undefined && (
        <p className="text-ink-soft">{t('upToLine', { line: end.settledUpTo, next: end.next.line })}</p>
      )}
      {problems.map(({ subject, detail, action }) => (
        <p key={`${subject} ${detail}`} className="text-ink-soft">
          {subject}: {detail}
          {action ? ` – ${action}` : ''}
        </p>
      ))}
      {ranges.length > 0 && (
        <ul aria-label={t('where')} className="flex flex-wrap gap-x-4 gap-y-1">
          {ranges.slice(0, MOST_RANGES).map((range) => (
            <li key={`${range.topic}-${range.partition}`} className="min-w-0">
              <TextLink
                href={messageHref(cluster, range.topic, {
                  partition: range.partition,
                  offset: range.firstOffset,
                })}
                className="inline-block min-h-6 break-all leading-6"
              >
                {t('range', {
                  name: `${range.topic}-${range.partition}`,
                  first: String(range.firstOffset),
                  last: String(range.lastOffset),
                })}
              </TextLink>
            </li>
          ))}
          {ranges.length > MOST_RANGES && (
            <li className="text-ink-faint">{t('moreRanges', { count: ranges.length - MOST_RANGES })}</li>
          )}
        </ul>
      )}
      <Failures failures={end.failures} />
    </div>
  );
}

function healthOf({ reason, refused, unsent, unknown }: SendingEnd): Health {
  if (reason === 'failed') return 'critical';
  return refused + unsent + unknown > 0 || reason === 'cancelled' ? 'warning' : 'ok';
}

const MOST_FAILURES = 100;

/** Every message that was not written, with its place and why; many are counted. */
function Failures({ failures }: { failures: readonly SendingFailure[] }) {
  const t = useTranslations('doing.sending');
  if (failures.length === 0) return null;
  return (
    <details open={failures.length <= 3}>
      <summary className="text-ink-soft hover:text-ink">{t('failures', { count: failures.length })}</summary>
      <ul
        className="mt-1 max-h-48 space-y-1 overflow-y-auto"
        aria-label={t('failures', { count: failures.length })}
      >
        {failures.slice(0, MOST_FAILURES).map((failure) => (
          <li key={placeKey(failure)} className="min-w-0">
            <code className="font-mono text-xs break-all">
              <Place failure={failure} />
            </code>
            <span className="text-ink-soft">
              {' '}
              {t(`state.${failure.state}`)}: {failure.detail}
            </span>
          </li>
        ))}
        {failures.length > MOST_FAILURES && (
          <li className="text-ink-faint">{t('moreFailures', { count: failures.length - MOST_FAILURES })}</li>
        )}
      </ul>
    </details>
  );
}

function placeKey({ line, index, source }: SendingFailure): string {
  return `${line} ${index} ${source?.topic} ${source?.partition} ${source?.offset}`;
}

function Place({ failure: { line, index, source } }: { failure: SendingFailure }) {
  const t = useTranslations('doing.sending');
  if (line !== undefined) return t('line', { line });
  if (source) return `${source.topic}-${source.partition}@${source.offset}`;
  return t('index', { index: (index ?? 0) + 1 });
}
