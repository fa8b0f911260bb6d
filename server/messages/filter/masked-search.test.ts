import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageTests } from '../../../lib/contract/message-query.ts';
import { HASH, masking, REMOVE, STARS } from '../../masking/testing/rules.ts';
import { TopicMask } from '../../masking/topic-mask.ts';
import { jsonSerde } from '../../serdes/json.ts';
import { textSerde } from '../../serdes/text.ts';
import { compileMessageTest } from './message-test.ts';
import type { DecodedPart, TestedRecord } from './tested-record.ts';
import { asked, record } from './testing/record.ts';

interface Given {
  key: string;
  value: string;
  header: string;
}

/** A record as it may be seen when its topic has masking rules. */
function maskedRecord(mask: TopicMask, { key, value, header }: Given): TestedRecord {
  const part = (name: 'key' | 'value', content: string): DecodedPart => {
    const bytes = Buffer.from(content);
    const serde = name === 'key' ? textSerde : jsonSerde;
    if (!mask.masks(name)) {
      const { text, value: plain } = serde.decode(bytes);
      return { isNull: false, text, plain, only: () => plain, isMasked: false };
    }
    const { text, plain, isMasked } = mask.shown(name, bytes, () => serde.decode(bytes));
    return { isNull: false, text, plain, only: () => plain, isMasked };
  };
  const headers = mask.headers([{ key: 'token', value: Buffer.from(header) }]);
  return { ...record({ key, value }), headers, key: part('key', key), value: part('value', value) };
}

const SECRET = 's3cret-value';
const secret: Given = {
  key: SECRET,
  value: JSON.stringify({ a: 1, user: { password: SECRET, age: 41237 } }),
  header: SECRET,
};
const searches: Partial<MessageTests>[] = [
  { search: SECRET },
  { search: 'S3CRET', in: 'key' },
  { search: 'value', wholeWord: true, in: 'headers' },
  { search: 'cret', matchCase: true },
  { search: '41237' },
  { regex: 's3c...-value' },
  { regex: '(?i)S3CRET' },
  { regex: '^s3' },
  { key: SECRET },
  { header: `token=${SECRET}` },
  { filter: `key == "${SECRET}"` },
  { filter: 'key.startsWith("s3")' },
  { filter: `value.user.password == "${SECRET}"` },
  { filter: 'value.user.password.contains("cret")' },
  { filter: 'value.user.password.size() == 12' },
  { filter: 'value.user.age == 41237' },
  { filter: 'value.user.age > 41000 && value.user.age < 42000' },
  { filter: 'string(value.user.age).startsWith("41")' },
  { filter: `value == {"a": 1, "user": {"password": "${SECRET}", "age": 41237}}` },
  { filter: 'value.user.exists(n, value.user[n] == 41237)' },
  { filter: `headers["token"] == "${SECRET}"` },
  { filter: 'headers.exists(h, headers[h].matches("cret"))' },
];

describe('what a rule hides', () => {
  it.each([STARS, HASH, REMOVE])('cannot be found by its content ($kind)', (how) => {
    const mask = new TopicMask(
      masking({ in: ['key', 'headers'], how }, { fields: ['**.password', 'user.age'], how }),
    );
    const masked = maskedRecord(mask, secret);
    const open = maskedRecord(new TopicMask(masking({ in: ['value'], fields: ['x'] })), secret);
    const plain = { ...record(secret), headers: [{ key: 'token', value: Buffer.from(SECRET) }] };
    for (const tests of searches) {
      const test = compileMessageTest(asked(tests));
      expect([tests, test.matches(masked)]).toEqual([tests, false]);
      expect([tests, test.matches(plain)]).toEqual([tests, true]);
    }
    // Rules for something else hide nothing of the value.
    expect(compileMessageTest(asked({ filter: 'value.user.age == 41237' })).matches(open)).toBe(true);
  });

  it('does not keep from finding what is beside it', () => {
    const mask = new TopicMask(masking({ fields: ['**.password'] }));
    const masked = maskedRecord(mask, secret);
    expect(compileMessageTest(asked({ filter: 'value.a == 1' })).matches(masked)).toBe(true);
  });

  it('is not found whatever is asked', () => {
    const rules = masking({ in: ['key', 'headers'] }, { fields: ['**.p'], how: REMOVE }, { fields: ['q'] });
    const mask = new TopicMask(rules);
    const hidden = fc.string({ minLength: 3, maxLength: 8, unit: fc.constantFrom(...'xyz789XYZ') });
    fc.assert(
      fc.property(hidden, hidden, (one, other) => {
        const value = JSON.stringify({ a: { p: one }, q: other, b: [{ p: [other] }] });
        const masked = maskedRecord(mask, { key: one, value, header: other });
        for (const text of [one, other]) {
          const literal = JSON.stringify(text);
          for (const tests of [
            { search: text },
            { regex: text },
            { key: text },
            { header: `token=${text}` },
            { filter: `value.q == ${literal} || key == ${literal} || headers.token == ${literal}` },
            { filter: `value.a.p == ${literal} || ${literal} in value.b[0].p` },
          ])
            expect(compileMessageTest(asked(tests)).matches(masked)).toBe(false);
        }
      }),
    );
  });
});
