import { expect, test } from 'vitest';
import { ERROR, errorByCode } from './errors.ts';

test('codes and names lead to one another', () => {
  expect(ERROR.NOT_LEADER_OR_FOLLOWER).toBe(6);
  expect(errorByCode(6)).toMatchObject({ code: 6, name: 'NOT_LEADER_OR_FOLLOWER', retriable: true });
  for (const [name, code] of Object.entries(ERROR)) expect(errorByCode(code).name).toBe(name);
});

test('the codes of Kafka 4.3 run from -1 to 133 without a gap', () => {
  const codes = Object.values(ERROR).sort((a, b) => a - b);
  expect(codes).toEqual(Array.from({ length: 135 }, (_, index) => index - 1));
});

test('a code of a newer Kafka is told by its number', () => {
  expect(errorByCode(999)).toMatchObject({ code: 999, name: 'UNKNOWN_ERROR_999', retriable: false });
});
