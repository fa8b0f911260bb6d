import { expect, test } from 'vitest';
import { LeaderEpochs } from './leader-epochs.ts';
import { MemoryFiles } from './memory-files.ts';

function epochs(...entries: [number, number][]): LeaderEpochs {
  const result = new LeaderEpochs(new MemoryFiles(), 't-0');
  for (const [epoch, startOffset] of entries) result.assign(epoch, startOffset);
  return result;
}

test('an epoch ends where the next one begins, the last at the end of the log', () => {
  const known = epochs([0, 0], [2, 10], [5, 30]);
  expect(known.endOf(0, 40)).toEqual({ epoch: 0, endOffset: 10 });
  expect(known.endOf(2, 40)).toEqual({ epoch: 2, endOffset: 30 });
  expect(known.endOf(5, 40)).toEqual({ epoch: 5, endOffset: 40 });
});

test('an epoch that wrote nothing here is answered with the one before', () => {
  const known = epochs([0, 0], [2, 10], [5, 30]);
  expect(known.endOf(3, 40)).toEqual({ epoch: 2, endOffset: 30 });
  expect(known.endOf(6, 40)).toEqual({ epoch: -1, endOffset: -1 });
});

test('a leader that has written nothing yet knows where its epoch begins', () => {
  const known = epochs([0, 0], [2, 10]);
  const current = { epoch: 7, startOffset: 40 };
  expect(known.endOf(7, 40, current)).toEqual({ epoch: 7, endOffset: 40 });
  expect(known.endOf(5, 40, current)).toEqual({ epoch: 2, endOffset: 40 });
  expect(known.endOf(2, 40, current)).toEqual({ epoch: 2, endOffset: 40 });
  expect(known.endOf(8, 40, current)).toEqual({ epoch: -1, endOffset: -1 });
});

test('cutting the log forgets epochs on that side', () => {
  const known = epochs([0, 0], [2, 10], [5, 30]);
  known.truncateFromEnd(30);
  expect(known.latest).toEqual({ epoch: 2, startOffset: 10 });
  known.truncateFromStart(15);
  expect(known.latest).toEqual({ epoch: 2, startOffset: 15 });
  expect(known.endOf(0, 30)).toEqual({ epoch: 0, endOffset: 15 });
});

test('is read again from its file', () => {
  const store = new MemoryFiles();
  const written = new LeaderEpochs(store, 't-0');
  written.assign(1, 0);
  written.assign(4, 9);
  expect(store.readText('t-0/leader-epoch-checkpoint')).toBe('0\n2\n1 0\n4 9\n');
  expect(new LeaderEpochs(store, 't-0').latest).toEqual({ epoch: 4, startOffset: 9 });
});
