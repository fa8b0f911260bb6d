import type { ConfigEntry } from '../../lib/contract/configs.ts';
import type { PlanWarning } from './plan-of.ts';
import { minIsrWarnings } from './replication-warnings.ts';
import { sayBytes, sayDuration, sayNumber } from './say.ts';

/** One config that will have another value. */
export interface ConfigEdit {
  readonly entry: ConfigEntry;
  /** What applies after the change, also where that is inherited; null when not known. */
  readonly after: string | null;
}

/** What a topic holds, as far as warnings need it. */
export interface ConfigFacts {
  readonly replicationFactor: number;
  /** Messages older than the new `retention.ms`; null when not known. */
  readonly messagesTooOld: number | null;
  /** Bytes of leaders' replicas beyond the new `retention.bytes`; null when not known. */
  readonly bytesTooMany: number | null;
}

/** What the changed values do to the messages and to those who read and write them. */
export function configWarnings(edits: readonly ConfigEdit[], facts: ConfigFacts): PlanWarning[] {
  return edits.flatMap(({ entry, after }) => {
    const before = entry.value;
    if (before === null || after === null || before === after) return [];
    switch (entry.name) {
      case 'retention.ms':
        return isLess(after, before) ? [shorterTime(before, after, facts)] : [];
      case 'retention.bytes':
        return isLess(after, before) ? [fewerBytes(before, after, facts)] : [];
      case 'cleanup.policy':
        return policyWarnings(before, after);
      case 'min.insync.replicas':
        return minIsrWarnings({
          replicationFactor: facts.replicationFactor,
          minInsyncReplicas: Number(after),
        });
      case 'max.message.bytes':
        return Number(after) < Number(before)
          ? [
              {
                code: 'smaller-messages',
                subject: entry.name,
                detail: `Producers are refused batches of more than ${sayBytes(Number(after))} from now on (now ${sayBytes(Number(before))})`,
              },
            ]
          : [];
      case 'unclean.leader.election.enable':
        return after === 'true'
          ? [
              {
                code: 'unclean-election',
                subject: entry.name,
                detail:
                  'A replica that lags may become leader when no other is up: messages that were acknowledged are lost then',
              },
            ]
          : [];
      default:
        return [];
    }
  });
}

/** `-1` is without limit. */
export function isLess(after: string, before: string): boolean {
  const limit = (text: string): number => (Number(text) < 0 ? Number.POSITIVE_INFINITY : Number(text));
  return limit(after) < limit(before);
}

function shorterTime(before: string, after: string, { messagesTooOld }: ConfigFacts): PlanWarning {
  const kept = Number(before) < 0 ? 'forever' : `for ${sayDuration(Number(before))}`;
  const older = `Messages older than ${sayDuration(Number(after))} are deleted (kept ${kept} now)`;
  return {
    code: 'retention-shortened',
    subject: 'retention.ms',
    detail:
      messagesTooOld === null
        ? older
        : `${older}: ${sayNumber(messagesTooOld, 'message')} at the moment, in whole segments`,
  };
}

function fewerBytes(before: string, after: string, { bytesTooMany }: ConfigFacts): PlanWarning {
  const kept = Number(before) < 0 ? 'without limit' : `up to ${sayBytes(Number(before))}`;
  const more = `What exceeds ${sayBytes(Number(after))} in a partition is deleted, oldest first (kept ${kept} now)`;
  return {
    code: 'retention-shortened',
    subject: 'retention.bytes',
    detail:
      bytesTooMany === null ? more : `${more}: ${sayBytes(bytesTooMany)} at the moment, in whole segments`,
  };
}

function policyWarnings(before: string, after: string): PlanWarning[] {
  const had = before.split(',').map((policy) => policy.trim());
  const has = after.split(',').map((policy) => policy.trim());
  const warnings: PlanWarning[] = [];
  if (has.includes('compact') && !had.includes('compact'))
    warnings.push({
      code: 'compaction-starts',
      subject: 'cleanup.policy',
      detail:
        'Of each key only the newest message is kept, and messages without a key are refused from now on',
    });
  if (has.includes('delete') && !had.includes('delete'))
    warnings.push({
      code: 'deletion-starts',
      subject: 'cleanup.policy',
      detail: 'Messages beyond retention.ms and retention.bytes are deleted, the newest of a key too',
    });
  return warnings;
}
