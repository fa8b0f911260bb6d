import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

interface BuildStamp {
  buildIsCurrent(root: string): boolean;
  markBuilt(root: string): void;
  forgetBuild(root: string): void;
}
const { buildIsCurrent, markBuilt, forgetBuild } = (await import(
  new URL('./build-stamp.mjs', import.meta.url).href
)) as BuildStamp;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kafdeck-build-'));
  write('app/page.tsx', 'one');
  write('package-lock.json', '{}');
  write('.next/BUILD_ID', 'x');
  markBuilt(root);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

it('a build stays current while its sources stay the same', () => {
  expect(buildIsCurrent(root)).toBe(true);
  write('app/page.tsx', 'one');
  write('README.md', 'new');
  write('app/page.test.tsx', 'new');
  write('server/broker/main.ts', 'new');
  expect(buildIsCurrent(root)).toBe(true);
});

it.each(['app/page.tsx', 'lib/deep/new.ts', 'package-lock.json', 'public/icon.svg', 'next.config.mjs'])(
  'is out of date when %s changes',
  (path) => {
    write(path, 'two');
    expect(buildIsCurrent(root)).toBe(false);
  },
);

it('is out of date when a source goes away or is renamed', () => {
  write('app/other.tsx', 'one');
  rmSync(join(root, 'app/page.tsx'));
  expect(buildIsCurrent(root)).toBe(false);
});

it('does not count after one was begun, or when there is none', () => {
  forgetBuild(root);
  expect(buildIsCurrent(root)).toBe(false);
  markBuilt(root);
  rmSync(join(root, '.next'), { recursive: true });
  expect(buildIsCurrent(root)).toBe(false);
});
