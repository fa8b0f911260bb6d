import type { ConfigEntry } from '../../lib/contract/configs.ts';
import { type Sentence, spoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { PlanWarning } from './plan-of.ts';
import { minIsrWarnings } from './replication-warnings.ts';
import { sayBytes, sayDuration } from './say.ts';

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
                subject: spoken(entry.name),
                detail: say('warn.smallerMessages', {
                  after: sayBytes(Number(after)),
                  before: sayBytes(Number(before)),
                }),
              },
            ]
          : [];
      case 'unclean.leader.election.enable':
        return after === 'true'
          ? [
              {
                code: 'unclean-election',
                subject: spoken(entry.name),
                detail: say('warn.uncleanElection'),
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
  const shorter = sayDuration(Number(after));
  const warning =
    Number(before) < 0
      ? say('warn.shorterThanForever', { after: shorter })
      : say('warn.shorterTime', { after: shorter, before: sayDuration(Number(before)) });
  const amount = messagesTooOld === null ? null : say('count.messages', { count: messagesTooOld });
  return retentionShortened('retention.ms', warning, amount);
}

function fewerBytes(before: string, after: string, { bytesTooMany }: ConfigFacts): PlanWarning {
  const fewer = sayBytes(Number(after));
  const warning =
    Number(before) < 0
      ? say('warn.fewerThanUnlimited', { after: fewer })
      : say('warn.fewerBytes', { after: fewer, before: sayBytes(Number(before)) });
  const amount = bytesTooMany === null ? null : spoken(sayBytes(bytesTooMany));
  return retentionShortened('retention.bytes', warning, amount);
}

/** `amount`: what is deleted of it as things are now; null when not known. */
function retentionShortened(config: string, warning: Sentence, amount: Sentence | null): PlanWarning {
  const detail = amount === null ? warning : say('warn.howMuchNow', { warning, amount });
  return { code: 'retention-shortened', subject: spoken(config), detail };
}

function policyWarnings(before: string, after: string): PlanWarning[] {
  const had = before.split(',').map((policy) => policy.trim());
  const has = after.split(',').map((policy) => policy.trim());
  const warnings: PlanWarning[] = [];
  if (has.includes('compact') && !had.includes('compact'))
    warnings.push({
      code: 'compaction-starts',
      subject: spoken('cleanup.policy'),
      detail: say('warn.compactionStarts'),
    });
  if (has.includes('delete') && !had.includes('delete'))
    warnings.push({
      code: 'deletion-starts',
      subject: spoken('cleanup.policy'),
      detail: say('warn.deletionStarts'),
    });
  return warnings;
}
