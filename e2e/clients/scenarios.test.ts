/**
 * Other people's clients do what their users do, on either kind of cluster: each has to come to the same end. Some at a
 * time (`maxConcurrency`), each with topics and groups of its own.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { uniqueName } from '../harness/names.ts';
import { clientPrograms, runScenario } from './programs.ts';

const ends: Record<string, object> = {
  /** 300 messages with five codecs, 20 keys and a header each, read by a group that commits. */
  'produce-consume': {
    consumed: 300,
    distinct: 300,
    keysStay: true,
    orderKept: true,
    headersKept: true,
    committed: 300,
  },
  /** Four partitions, one member, then two, then one again. */
  rebalance: { alone: 4, together: [2, 2], left: 4 },
  /** Ten committed, ten aborted, the ten passed on with their offsets, and a producer that another one takes over from. */
  transactions: { committed: 10, uncommitted: 20, passedOn: 10, offset: 10, fenced: true },
  /** A topic is made, grows, is configured, emptied up to an offset and deleted. */
  admin: { before: 2, after: 6, retention: '60000', lowWatermark: 5, listed: true, gone: true },
};
/** The scenarios in which there is a group. */
const withGroup = new Set(['produce-consume', 'rebalance', 'transactions']);

describe.concurrent.each(clientPrograms)('$name', (program) => {
  // Go takes a minute or two for a first build.
  beforeAll(() => program.prepare?.(), 400_000);

  for (const [scenario, end] of Object.entries(ends)) {
    for (const protocol of withGroup.has(scenario) ? program.protocols : ['classic']) {
      const title = withGroup.has(scenario) ? `${scenario}, ${protocol} protocol` : scenario;
      it(title, async () => {
        expect(await runScenario(program, scenario, uniqueName(scenario), protocol)).toEqual(end);
      });
    }
  }
});
