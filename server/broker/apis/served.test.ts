import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { servedApis } from './served.ts';

it('is what docs/embedded-cluster.md says, in full', () => {
  const page = readFileSync('docs/embedded-cluster.md', 'utf8');
  const documented = [...page.matchAll(/ (\d+) \| (\w+) \| (\d+)(?:–(\d+))? \|/g)].map(
    ([, key, name, min, max]) => `${key} ${name} ${min}–${max ?? min}`,
  );
  const served = [...servedApis.values()].map(
    ({ apiKey, name, minVersion, maxVersion }) => `${apiKey} ${name} ${minVersion}–${maxVersion}`,
  );
  const byKey = (a: string, b: string) => Number.parseInt(a, 10) - Number.parseInt(b, 10);
  expect(documented.sort(byKey)).toEqual(served.sort(byKey));
});
