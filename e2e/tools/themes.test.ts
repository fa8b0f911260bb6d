import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectDir } from '../harness/folders.ts';
import { MAIN_CLASS } from '../harness/official-tool.ts';
import { themes } from './themes.ts';

const steps = themes.flatMap((theme) => theme.steps);

it('every tool is called, with good arguments and bad ones', () => {
  expect(new Set(steps.map(({ tool }) => tool))).toEqual(new Set(Object.keys(MAIN_CLASS)));
  expect(steps.length).toBeGreaterThan(600);
});

it('every true difference is told in docs/embedded-cluster.md', () => {
  const page = readFileSync(join(projectDir, 'docs/embedded-cluster.md'), 'utf8');
  for (const { explained } of steps) if (explained) expect(page).toContain(explained.why);
});
