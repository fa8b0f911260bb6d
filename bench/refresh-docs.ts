/**
 * Measures anew what docs/benchmarks.md tells: `node bench/refresh-docs.ts [word …]`. Runs the benchmark that each
 * `<!-- bench: … -->` names, in turn, and puts the table that it prints in place of the one that stands there. With words
 * only those are run whose command has one of them. Dates and sentences are left to be written.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../e2e/harness/folders.ts';

const DOCUMENT = join(projectDir, 'docs/benchmarks.md');
const MARKED = /<!-- bench: (.+?) -->\n[\s\S]*?<!-- end -->/g;
const words = process.argv.slice(2);

for (const [, command] of readFileSync(DOCUMENT, 'utf8').matchAll(MARKED)) {
  if (words.length > 0 && !words.some((word) => command!.includes(word))) continue;
  console.log(`node bench/${command}`);
  const measured = tableOf(command!);
  console.log(measured);
  // Read again: a run takes minutes, in which somebody may have written in it.
  const text = readFileSync(DOCUMENT, 'utf8').replace(MARKED, (part, of) =>
    of === command ? `<!-- bench: ${command} -->\n\n${measured}\n\n<!-- end -->` : part,
  );
  writeFileSync(DOCUMENT, text);
}

/** The table that a benchmark prints. */
function tableOf(command: string): string {
  const [file, ...args] = command.split(' ');
  const { status, stdout } = spawnSync(process.execPath, [join(projectDir, 'bench', file!), ...args], {
    cwd: projectDir,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = stdout.split('\n').filter((line) => line.startsWith('|'));
  if (status !== 0 || lines.length === 0) throw new Error(`bench/${command} did not end with a table`);
  return lines.join('\n');
}
