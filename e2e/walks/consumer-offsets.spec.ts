import { expect, test } from '@playwright/test';
import { uniqueName } from '../harness/names.ts';
import { eventually } from '../harness/under-test.ts';
import { topicAddress, visit } from './cluster-page.ts';
import {
  buildCondition,
  expectField,
  messageRows,
  openFilters,
  openMessage,
  partOf,
  searchButton,
} from './messages-page.ts';
import { otherClient, prepareTopic, removeTopic } from './prepared-cluster.ts';

const group = uniqueName('readers');
let topic = '';

test.beforeAll(async () => {
  test.setTimeout(180_000);
  topic = await prepareTopic('read', {
    partitionCount: 1,
    messages: ['a', 'b', 'c'].map((value) => ({ partition: 0, value })),
  });
  // On a cluster that has had no group yet, its coordinator is still coming.
  await eventually('a member has committed', () => consumeAll().then(() => true), 120_000);
});
test.afterAll(async () => removeTopic(topic));

/** Reads the three messages as a member of the group, and commits that it has. */
async function consumeAll(): Promise<void> {
  const consumer = otherClient().consumer({ groupId: group });
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((done, fail) => {
      let count = 0;
      consumer.on(consumer.events.CRASH, ({ payload }) => fail(payload.error));
      void consumer.run({
        autoCommit: false,
        eachMessage: async () => {
          count += 1;
          if (count === 3) done();
        },
      });
    });
    await consumer.commitOffsets([{ topic, partition: 0, offset: '3', metadata: 'read by a walk' }]);
  } finally {
    await consumer.disconnect();
  }
}

test('shows what a group has committed in words', async ({ page }) => {
  await visit(page, topicAddress('__consumer_offsets', 'messages'));
  await expect(messageRows(page).first()).toBeVisible();
  await openFilters(page);
  await buildCondition(page, { field: 'key.group', comparison: 'is', value: group });
  await searchButton(page).click();
  const commit = messageRows(page).filter({ hasText: '"type":"OffsetCommit"' });
  await expect(commit).toHaveCount(1);
  await expect(commit).toContainText('"offset":3');

  const detail = await openMessage(page, commit);
  const key = partOf(detail, 'Key');
  await expectField(key, 'group', group);
  await expectField(key, 'topic', topic);
  await expectField(key, 'partition', 0);
  const value = partOf(detail, 'Value');
  await expectField(value, 'offset', 3);
  await expectField(value, 'metadata', 'read by a walk');
  await expectField(value, 'commitTimestamp', /"\d{4}-\d\d-\d\dT/);
});
