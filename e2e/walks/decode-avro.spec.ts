import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { type Apicurio, startApicurio } from '../harness/apicurio.ts';
import { type Console, startConsole } from '../harness/console.ts';
import { projectDir, scratchDir } from '../harness/folders.ts';
import { freePortBlock } from '../harness/ports.ts';
import { underTest } from '../harness/under-test.ts';
import { visit } from './cluster-page.ts';
import {
  buildCondition,
  expectField,
  messageRows,
  messageTable,
  openFilters,
  openMessage,
  partOf,
  searchButton,
} from './messages-page.ts';
import { removeTopic } from './prepared-cluster.ts';

/** What `e2e/registry/produce.py` writes. */
const TOPICS = ['avro-orders', 'protobuf-orders', 'json-orders'];

let registry: Apicurio;
/** Another Kafdeck over the cluster under test: this one knows the registry. */
let kafdeck: Console;
const dataDir = scratchDir('decode-avro');

test.beforeAll(async () => {
  test.setTimeout(300_000);
  registry = await startApicurio();
  const script = join(projectDir, 'e2e/registry/produce.py');
  const python = join(underTest.pythonDir, 'bin/python');
  await promisify(execFile)(python, [script, underTest.bootstrapServers, registry.url], { timeout: 120_000 });
  kafdeck = await startConsole('decode-avro', {
    PORT: String(await freePortBlock(1)),
    KAFDECK_BROKERS: underTest.bootstrapServers,
    KAFDECK_DATA_DIR: dataDir,
    KAFDECK_SCHEMA_REGISTRY: registry.url,
  });
});
test.afterAll(async () => {
  await kafdeck?.close();
  await registry?.close();
  for (const topic of TOPICS) await removeTopic(topic);
  rmSync(dataDir, { recursive: true, force: true });
});

test('shows what Avro serializers wrote, makes columns of it, and finds it by a field', async ({ page }) => {
  await visit(page, `${kafdeck.url}/clusters/default/topics/avro-orders/messages`);
  await expect(messageRows(page)).toHaveCount(2);
  await expect(messageRows(page).first()).toContainText('"city":"서울"');

  await test.step('fields become columns', async () => {
    await page.getByRole('button', { name: 'Columns', exact: true }).click();
    const picker = page.getByRole('dialog', { name: 'Columns' });
    const find = picker.getByRole('searchbox', { name: 'Find or type a field' });
    for (const field of ['value.to.city', 'value.note']) {
      await find.fill(field);
      await picker.getByRole('button', { name: field }).click();
    }
    await page.keyboard.press('Escape');
    await expect(picker).toBeHidden();
    await expect(messageTable(page).getByRole('columnheader', { name: /city/ })).toBeVisible();
    await expect(messageTable(page).getByRole('cell', { name: '서울', exact: true })).toHaveCount(2);
    await expect(messageTable(page).getByRole('cell', { name: 'by the door', exact: true })).toHaveCount(1);
    await expect(messageTable(page).getByRole('cell', { name: 'not in this message' })).toHaveCount(1);
  });

  await test.step('a number beyond 2^53 is found as it is', async () => {
    await openFilters(page);
    await buildCondition(page, { field: 'value.id', comparison: 'is', value: '9007199254740993' });
    await searchButton(page).click();
    await expect(page.getByText('1 match', { exact: true })).toBeVisible();
    await expect(messageRows(page)).toHaveCount(1);
  });

  await test.step('its detail names the schema and shows every field', async () => {
    const detail = await openMessage(page, messageRows(page).first());
    await expect(detail.getByText(/^shop\.Order, schema \d+$/)).toBeVisible();
    const value = partOf(detail, 'Value');
    await expectField(value, 'id', /9007199254740993,/);
    await expectField(value, 'total', /12\.30,/);
    await expectField(value, 'at', '2026-01-31T12:00:00.123Z');
    await expectField(value, 'state', 'SENT');
    await expectField(partOf(detail, 'Key'), 'id', 1);
  });
});
