import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOf } from './content-hash.ts';
import { Repeats } from './repeats.ts';

interface Seen {
  content: number;
  topic: string;
  partition: number;
  offset: number;
}

const hash = (content: number) => hashOf(Buffer.from(`content ${content}`));

function repeatsOf(seen: readonly Seen[], most?: number): Repeats {
  const repeats = new Repeats({ most });
  for (const { content, ...place } of seen) repeats.add(hash(content), place);
  return repeats;
}

/** Places differ, as those of messages do. */
const messages = (mostContents: number) =>
  fc
    .array(
      fc.record({
        content: fc.nat({ max: mostContents }),
        topic: fc.constantFrom('a', 'b'),
        partition: fc.nat({ max: 2 }),
      }),
      { maxLength: 300 },
    )
    .map((all) => all.map((one, offset) => ({ ...one, offset })));

function countOf(seen: readonly Seen[]) {
  const byContent = Map.groupBy(seen, ({ content }) => content);
  const repeated = [...byContent.values()].filter((all) => all.length > 1);
  return { count: repeated.reduce((sum, all) => sum + all.length - 1, 0), contents: repeated.length };
}

describe('repeats', () => {
  it('are counted exactly, and the most frequent told with their places', () => {
    fc.assert(
      fc.property(messages(60), (seen) => {
        const told = repeatsOf(seen).tell();
        expect(told).toMatchObject({ ...countOf(seen), isExact: true, standardError: 0 });
        const byContent = Map.groupBy(seen, ({ content }) => content);
        const times = [...byContent.values()].map((all) => all.length).filter((count) => count > 1);
        const most = times.toSorted((one, other) => other - one).slice(0, 10);
        expect(told.examples.map((example) => example.times)).toEqual(most);
        for (const { times: count, first, last } of told.examples) {
          const of = seen.find(({ offset }) => offset === first.offset)!.content;
          const places = seen
            .filter(({ content }) => content === of)
            .map(({ content: _, ...place }) => place)
            .sort(inOrder);
          expect(places).toHaveLength(count);
          expect([first, last]).toEqual([places[0], places.at(-1)]);
        }
      }),
    );
  });

  it('are the same merged as gathered together, also when only a part is remembered', () => {
    fc.assert(
      fc.property(messages(300), fc.nat({ max: 300 }), fc.constantFrom(10, 40, 1000), (seen, at, most) => {
        const merged = repeatsOf(seen.slice(0, at), most);
        merged.merge(structuredClone(repeatsOf(seen.slice(at), most).state));
        const together = repeatsOf(seen, most);
        expect(merged.tell()).toEqual(together.tell());
        expect(merged.limit).toBe(together.limit);
        expect(merged.state.hashes.length).toBeLessThanOrEqual(most);
      }),
    );
  });

  it('can do without what another one has forgotten', () => {
    const seen = Array.from({ length: 4000 }, (_, offset) => {
      return { content: offset % 1500, topic: 'a', partition: 0, offset };
    });
    const together = repeatsOf(seen, 100);
    const merged = repeatsOf(seen.slice(0, 2000), 100);
    const part = new Repeats({ limit: merged.limit, most: 100 });
    for (const { content, ...place } of seen.slice(2000)) part.add(hash(content), place);
    merged.merge(part.state);
    expect(merged.tell()).toEqual(together.tell());
  });

  it('are estimated within five standard errors when there are many', () => {
    // Of 50,000 contents each fifth comes three times.
    const repeats = new Repeats({ most: 2000 });
    let offset = 0;
    for (let content = 0; content < 50_000; content++) {
      for (let time = 0; time < (content % 5 === 0 ? 3 : 1); time++) {
        repeats.add(hash(content), { topic: 'a', partition: 0, offset: offset++ });
      }
    }
    const { count, contents, isExact, standardError } = repeats.tell();
    expect(isExact).toBe(false);
    expect(standardError).toBeGreaterThan(0);
    expect(standardError).toBeLessThan(5000);
    expect(Math.abs(count - 20_000)).toBeLessThan(5 * standardError);
    expect(Math.abs(contents - 10_000)).toBeLessThan((5 * standardError) / 2);
  });
});

function inOrder(one: Omit<Seen, 'content'>, other: Omit<Seen, 'content'>): number {
  if (one.topic !== other.topic) return one.topic < other.topic ? -1 : 1;
  return one.partition - other.partition || one.offset - other.offset;
}
