import { expect, type Page, test } from '@playwright/test';
import en from '../../lib/i18n/en.json' with { type: 'json' };
import ko from '../../lib/i18n/ko.json' with { type: 'json' };
import { expectAccessible } from './accessibility.ts';
import { inCluster, topicAddress, untilLoaded } from './cluster-page.ts';
import { prepareGroup, prepareTopic, removeTopic, untilWell } from './prepared-cluster.ts';
import { complaintsOf } from './watched-page.ts';

let topic = '';
let group = '';

interface Visit {
  name: string;
  path: () => string;
  /** How the title begins, by language. */
  title: (words: typeof en.titles) => string;
  /** What the API rightly refuses while the page is open: addresses that begin so are no complaint. */
  refused?: string;
}

const visits: Visit[] = [
  { name: 'clusters', path: () => '/?list', title: (words) => words.clusters },
  { name: 'Overview', path: () => inCluster(), title: (words) => words.overview },
  { name: 'Brokers', path: () => inCluster('/brokers'), title: (words) => words.brokers },
  {
    name: 'one broker',
    path: () => inCluster('/brokers/1'),
    title: (words) => words.broker.replace('{name}', '1'),
  },
  { name: 'Topics', path: () => inCluster('/topics'), title: (words) => words.topics },
  {
    name: 'Topics with none that matches',
    path: () => inCluster('/topics?search=nothing-is-called-so'),
    title: (words) => words.topics,
  },
  {
    name: 'Create topic',
    path: () => inCluster('/topics?dialog=create'),
    title: (words) => words.topics,
  },
  { name: 'a topic', path: () => topicAddress(topic), title: () => topic },
  ...['partitions', 'messages', 'groups', 'configuration'].map((tab) => ({
    name: `a topic's ${tab}`,
    path: () => topicAddress(topic, tab),
    title: () => topic,
  })),
  {
    name: 'a message',
    path: () => `${topicAddress(topic, 'messages')}?from=earliest&at=0-0`,
    title: () => topic,
  },
  {
    name: 'a topic that is not there',
    path: () => topicAddress('no-such-topic'),
    title: () => 'no-such-topic',
    refused: 'topics/no-such-topic',
  },
  { name: 'Search', path: () => inCluster('/messages'), title: (words) => words.search },
  {
    name: 'Search in two topics',
    path: () => inCluster(`/messages?topics=${topic},e2e.pages*&search=tea`),
    title: (words) => words.search,
  },
  { name: 'Groups', path: () => inCluster('/groups'), title: (words) => words.groups },
  {
    name: 'Groups with none that matches',
    path: () => inCluster('/groups?search=nothing-is-called-so'),
    title: (words) => words.groups,
  },
  {
    name: 'a group',
    path: () => inCluster(`/groups/${encodeURIComponent(group)}`),
    title: (words) => words.group.replace('{name}', group),
  },
  {
    name: 'a group that is not there',
    path: () => inCluster('/groups/no-such-group'),
    title: (words) => words.group.replace('{name}', 'no-such-group'),
    refused: 'groups/no-such-group',
  },
  { name: 'Plans', path: () => inCluster('/plans'), title: (words) => words.plans },
  {
    name: 'Reassign',
    path: () => inCluster(`/plans/reassign?topics=${topic}`),
    title: (words) => words.reassign,
  },
  {
    name: 'a cluster that is not there',
    path: () => '/clusters/nowhere',
    title: (words) => words.overview,
    refused: 'clusters/nowhere/',
  },
  {
    name: 'an address that is nothing',
    path: () => '/no/such/page',
    title: (words) => words.notFound,
    refused: 'no/such/page',
  },
  { name: 'API reference', path: () => '/docs/api', title: (words) => words.apiReference },
];

const variants = [
  {
    name: 'English, light, 1440 px',
    locale: 'en-US',
    colorScheme: 'light',
    width: 1440,
    height: 900,
    words: en,
  },
  { name: 'Korean, dark, 390 px', locale: 'ko-KR', colorScheme: 'dark', width: 390, height: 844, words: ko },
] as const;

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Pixels that stick out to the side, so that the whole page would scroll. */
const overflow = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return Math.max(0, scrollWidth - clientWidth);
  });

test.beforeAll(async () => {
  test.setTimeout(180_000);
  await untilWell();
  const values = ['{"item":"tea","count":2}', 'plain words', null];
  topic = await prepareTopic('pages', {
    messages: [0, 1, 2].flatMap((partition) =>
      values.map((value) => ({ partition, key: 'k', value, headers: { source: 'walk' } })),
    ),
  });
  group = await prepareGroup(topic);
});
test.afterAll(async () => removeTopic(topic));

for (const { name, locale, colorScheme, width, height, words } of variants) {
  test.describe(name, () => {
    test.use({ locale, colorScheme, viewport: { width, height } });
    for (const visit of visits) {
      test(visit.name, async ({ page }) => {
        const complaints = complaintsOf(page);
        await page.goto(visit.path());
        await untilLoaded(page);
        await expect
          .soft(page)
          .toHaveTitle(new RegExp(`^${escaped(visit.title(words.titles))}.* · Kafdeck$`));
        await expect.soft(page.locator('html')).toHaveAttribute('lang', locale.slice(0, 2));
        await expect.soft(page.locator('html')).toHaveClass(new RegExp(colorScheme));
        await expect.soft(page.locator('h1')).toHaveCount(1);
        await expect.soft(page.locator('main')).toHaveCount(1);
        expect.soft(await overflow(page), 'pixels of overflow to the side').toBe(0);
        await expectAccessible(page);
        const unexpected = complaints.filter((each) => !visit.refused || !each.includes(visit.refused));
        expect.soft(unexpected).toEqual([]);
      });
    }
  });
}
