import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the build is made of. The embedded cluster is not: Node.js runs its sources as they are. */
const SOURCES = ['app', 'components', 'lib', 'server', 'public', 'i18n'];
const FILES = [
  'instrumentation.ts',
  'next.config.mjs',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];
const LEFT_OUT = /\.test\.tsx?$|^server\/(?:broker|start\/(?:bootstrap|build-stamp)\.mjs)/;
const STAMP = '.next/kafdeck-build';

/** Whether `.next` was built from just these sources. */
export function buildIsCurrent(root) {
  try {
    return readFileSync(join(root, STAMP), 'utf8') === fingerprint(root);
  } catch {
    return false;
  }
}

export function markBuilt(root) {
  writeFileSync(join(root, STAMP), fingerprint(root));
}

/** Before a build, which may leave half of one behind. */
export function forgetBuild(root) {
  rmSync(join(root, STAMP), { force: true });
}

function fingerprint(root) {
  const hash = createHash('sha256');
  const paths = SOURCES.flatMap((folder) => filesIn(root, folder));
  for (const path of [...paths, ...FILES].filter((path) => !LEFT_OUT.test(path)).sort()) {
    const content = contentOf(join(root, path));
    if (content !== null) hash.update(`${path}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

function filesIn(root, folder) {
  try {
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath ?? entry.path, entry.name)
          .slice(root.length + 1)
          .replaceAll('\\', '/'),
      );
  } catch {
    return [];
  }
}

function contentOf(path) {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}
