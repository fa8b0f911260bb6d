import { describe, expect, it } from 'vitest';
import { resendBody } from '../../../lib/contract/resend.ts';
import { emptyResendForm, type ResendForm, resendRequestOf } from './resend-form.ts';

const named = { kind: 'messages', messages: [{ topic: 'a', partition: 1, offset: 2 }] } as const;
const form = (change: Partial<ResendForm>): ResendForm => ({ ...emptyResendForm('here'), ...change });

describe('the request of a re-sending', () => {
  it('is what the contract takes', () => {
    const request = resendRequestOf(
      named,
      form({ topic: 'b', keepsPartition: true, tellsSource: true, max: '5' }),
    );
    expect(resendBody.parse(request)).toEqual({
      messages: [{ topic: 'a', partition: 1, offset: 2 }],
      max: 5,
      to: { cluster: 'here', topic: 'b' },
      keep: { key: true, headers: true, timestamp: true, partition: true },
      source: true,
    });
  });

  it('has the search of a page, not how its results are shown', () => {
    const query = {
      from: 'latest',
      partition: 3,
      limit: 100,
      follow: 'true',
      maxBytes: 1024,
      order: 'newest',
      search: 'error',
    } as const;
    const request = resendRequestOf({ kind: 'search', topics: ['dlq'], query }, form({ topic: 'b' }));
    expect(resendBody.parse(request).search).toMatchObject({
      topics: ['dlq'],
      from: 'latest',
      partitions: [3],
      search: 'error',
      isolation: 'committed',
    });
    expect(request!.search).not.toHaveProperty('limit');
  });

  it('may take the topic from a header, and another for messages without', () => {
    expect(resendRequestOf(named, form({ isByHeader: true, topicHeader: 'origin' }))?.to).toEqual({
      cluster: 'here',
      topicHeader: 'origin',
    });
    expect(resendRequestOf(named, form({ isByHeader: true, topicHeader: 'origin', topic: 'b' }))?.to).toEqual(
      {
        cluster: 'here',
        topicHeader: 'origin',
        topic: 'b',
      },
    );
  });

  it('waits until it is complete', () => {
    expect(resendRequestOf(named, form({}))).toBeNull();
    expect(resendRequestOf(named, form({ isByHeader: true, topic: 'b' }))).toBeNull();
    expect(resendRequestOf(named, form({ topic: 'b', max: '0' }))).toBeNull();
    expect(resendRequestOf(named, form({ topic: 'b', max: 'all' }))).toBeNull();
  });
});
