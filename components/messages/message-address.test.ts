import { describe, expect, it } from 'vitest';
import { formatAddress, messageHref, parseAddress } from './message-address.ts';

describe('message address', () => {
  it('goes to text and back', () => {
    expect(parseAddress(formatAddress({ partition: 3, offset: 1042 }))).toEqual({
      partition: 3,
      offset: 1042,
    });
    const inTopic = { topic: 'a.b_c-d', partition: 0, offset: 0 };
    expect(parseAddress(formatAddress(inTopic))).toEqual(inTopic);
  });

  it.each([
    '',
    '3',
    '3-',
    '-3-4',
    '3-4-5',
    '3-1e4',
    '3-9999999999999999',
    'a-b',
    '/3-4',
    'a/b/3-4',
    'a b/3-4',
  ])('refuses %j', (text) => {
    expect(parseAddress(text)).toBeNull();
  });

  it('links to the message with encoded names', () => {
    expect(messageHref('embedded', 'a.b_c', { partition: 1, offset: 9 })).toBe(
      '/clusters/embedded/topics/a.b_c/messages?partitions=1&from=offset%3A9&at=1-9',
    );
  });
});
