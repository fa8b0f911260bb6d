import { describe, expect, it } from 'vitest';
import { spoken } from '../../contract/sentence.ts';
import { joined, jsonIn, say } from './sentence.ts';

const late = say('link.late', {
  what: say('link.brokerSilent', { broker: 2, api: 'Metadata' }),
  time: say('time.s', { count: 5 }),
});

describe('a sentence', () => {
  it('is English as a string and in JSON, unless another language is asked for', () => {
    expect(`${late}`).toBe('Broker 2 did not answer Metadata within 5 s');
    expect(JSON.stringify({ late })).toBe('{"late":"Broker 2 did not answer Metadata within 5 s"}');
    expect(jsonIn(() => 'ko', { late })).toBe(
      '{"late":"브로커 2이(가) Metadata 요청에 응답하지 않았습니다 (제한 시간 5초)"}',
    );
    expect(JSON.stringify([late])).toContain('within');
  });

  it('keeps the words of others, also those that look like a parameter or a replacement', () => {
    const said = say('about', {
      subject: say('kafka.topic', { topic: 'a{reason}$&' }),
      reason: '$1 {subject}',
    });
    expect(said.in('en')).toBe('Topic a{reason}$&: $1 {subject}');
    expect(said.in('ko')).toBe('a{reason}$& 토픽: $1 {subject}');
    expect(spoken('{topic}').in('ko')).toBe('{topic}');
  });

  it('counts as the language does', () => {
    expect(say('count.messages', { count: 1 }).in('en')).toBe('1 message');
    expect(say('count.messages', { count: 12_345 }).in('en')).toBe('12,345 messages');
    expect(say('count.messages', { count: 1 }).in('ko')).toBe('메시지 1개');
  });

  it('may be a row of others', () => {
    const row = joined([say('count.partitions', { count: 6 }), 'x', 3], ', ');
    expect(jsonIn(() => 'ko', [row])).toBe('["파티션 6개, x, 3"]');
    expect(`${row}`).toBe('6 partitions, x, 3');
  });

  it('asks for the language only when there is something to say, and forgets it', () => {
    expect(jsonIn(() => expect.unreachable(), { plain: 'text' })).toBe('{"plain":"text"}');
    expect(() =>
      jsonIn(() => 'ko', {
        toJSON() {
          throw new Error('not to be written');
        },
      }),
    ).toThrow();
    expect(JSON.stringify(late)).toContain('did not answer');
  });
});
