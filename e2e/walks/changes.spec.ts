import { expect, type Locator, type Page, test } from '@playwright/test';
import { ask } from '../harness/api.ts';
import { inCluster, topicAddress, visit } from './cluster-page.ts';
import { prepareTopic, removeTopic } from './prepared-cluster.ts';

let topic = '';

test.beforeAll(async () => {
  topic = await prepareTopic('changes-ui', { partitionCount: 3 });
});
test.afterAll(async () => removeTopic(topic));

const config = async (name: string) => {
  const { entries } = await ask('getTopicConfigs', { params: { topic } });
  return entries.find((entry) => entry.name === name);
};
const configLine = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) });
const planIn = (dialog: Locator) => dialog.getByRole('region', { name: 'What will happen' });

test('sets a config after showing what that does, and takes it back', async ({ page }) => {
  await visit(page, topicAddress(topic, 'configuration'));
  await page.getByRole('searchbox', { name: 'Filter configs' }).fill('retention.ms');
  const line = configLine(page, 'retention.ms');
  await line.getByRole('button', { name: 'Edit retention.ms', exact: true }).click();
  const edit = page.getByRole('dialog', { name: 'Edit retention.ms' });
  const value = edit.getByRole('textbox', { name: 'New value' });
  await value.fill('an hour');
  await expect(edit.getByText(/^Not a value of type/)).toBeVisible();
  await expect(edit.getByRole('button', { name: 'Save' })).toBeDisabled();
  await value.fill('3600000');
  const plan = planIn(edit);
  await expect(plan).toContainText('3600000');
  await plan.getByText('The same on the command line').click();
  await expect(plan.getByText(/kafka-configs(\.sh)? .*--alter/)).toContainText('retention.ms=3600000');
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(edit).toBeHidden();
  await expect(line.getByText('overridden')).toBeVisible();
  expect(await config('retention.ms')).toMatchObject({ value: '3600000', isOverridden: true });

  await line.getByRole('button', { name: 'Reset retention.ms' }).click();
  const reset = page.getByRole('dialog', { name: 'Reset retention.ms' });
  await expect(planIn(reset)).toContainText('3600000');
  await reset.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(reset).toBeHidden();
  await expect(line.getByText('overridden')).toHaveCount(0);
  expect((await config('retention.ms'))?.isOverridden).toBe(false);
});

test("shows Kafka's own reason when it refuses", async ({ page }) => {
  await visit(page, topicAddress(topic, 'configuration'));
  await page.getByRole('searchbox', { name: 'Filter configs' }).fill('cleanup.policy');
  await page.getByRole('button', { name: 'Edit cleanup.policy', exact: true }).click();
  const edit = page.getByRole('dialog', { name: 'Edit cleanup.policy' });
  await edit.getByRole('textbox', { name: 'New value' }).fill('shred');
  const save = edit.getByRole('button', { name: 'Save' });
  const refusal = edit.getByRole('alert');
  await expect(refusal.or(save.and(page.locator(':enabled')))).toBeVisible();
  if (await save.isEnabled()) await save.click();
  await expect(refusal).toContainText(/cleanup\.policy/);
  await expect(refusal).toContainText(/shred/);
  expect((await config('cleanup.policy'))?.value).not.toBe('shred');
});

test('adds partitions, warning of what that means for keys', async ({ page }) => {
  await visit(page, topicAddress(topic, 'partitions'));
  await page.getByRole('button', { name: 'Actions', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Add partitions' }).click();
  const dialog = page.getByRole('dialog', { name: `Add partitions to ${topic}` });
  const count = dialog.getByRole('textbox', { name: 'Partitions in all' });
  await count.fill('2');
  await expect(dialog.getByText('A whole number from 4 to 10,000')).toBeVisible();
  await count.fill('5');
  await expect(dialog.getByRole('list', { name: 'Warnings' })).toContainText('Keys go to other partitions');
  await dialog.getByRole('button', { name: 'Add 2 partitions' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('table', { name: 'Partitions' }).locator('tbody').getByRole('row')).toHaveCount(
    5,
  );
});

test('checks a new topic as it is typed', async ({ page }) => {
  await page.goto(inCluster('/topics?dialog=create'));
  const form = page.getByRole('dialog', { name: 'Create topic' });
  const submit = form.getByRole('button', { name: 'Create topic' });
  const name = form.getByLabel('Name', { exact: true });
  const wrong: [string, string][] = [
    ['two words', 'Only letters, digits, “.”, “_” and “-”'],
    ['<b>bold</b>', 'Only letters, digits, “.”, “_” and “-”'],
    ['..', '“.” and “..” cannot be names'],
    ['x'.repeat(250), 'At most 249 characters'],
    [topic, 'A topic has this name already'],
    [topic.replaceAll('.', '_'), `Kafka confuses it with ${topic}`],
  ];
  for (const [typed, problem] of wrong) {
    await name.fill(typed);
    await expect(name).toHaveAccessibleDescription(new RegExp(problem.replaceAll('.', '\\.')));
    await expect(name).toHaveAttribute('aria-invalid', 'true');
    await expect(submit).toBeDisabled();
  }
  await name.fill(`${topic}.next`);
  await expect(submit).toBeEnabled();

  const factor = form.getByLabel('Replication factor');
  await factor.fill('4');
  await expect(factor).toHaveAccessibleDescription(/Only 3 brokers are up/);
  await expect(submit).toBeDisabled();
  await factor.fill('3');
  const partitions = form.getByLabel('Partitions', { exact: true });
  for (const typed of ['0', '-1', '10001', 'many']) {
    await partitions.fill(typed);
    await expect(partitions).toHaveAccessibleDescription(/1 to 10,000/);
    await expect(submit).toBeDisabled();
  }
  await partitions.fill('1');
  await expect(submit).toBeEnabled();
});

test('gives the focus back when a dialog is left by Escape', async ({ page }) => {
  async function leave(opener: Locator, dialog: Locator) {
    await expect(dialog).toBeVisible();
    await expect(dialog.locator(':focus')).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(opener).toBeFocused();
  }
  await visit(page, inCluster('/topics'));
  const create = page.getByRole('button', { name: 'Create topic' }).first();
  await create.focus();
  await page.keyboard.press('Enter');
  await leave(create, page.getByRole('dialog', { name: 'Create topic' }));

  await visit(page, topicAddress(topic));
  const produce = page.getByRole('button', { name: 'Produce a message' });
  await produce.click();
  await leave(produce, page.getByRole('dialog', { name: `Produce to ${topic}` }));

  const actions = page.getByRole('button', { name: 'Actions', exact: true });
  await actions.click();
  await page.getByRole('menuitem', { name: 'Delete topic' }).click();
  await leave(actions, page.getByRole('alertdialog', { name: `Delete ${topic}` }));
});
