/**
 * The embedded cluster's program. JavaScript, and the cache of compiled code before anything else is imported: then
 * Node.js need not load what strips types (14 MB), and starts in half the time (docs/decisions/0002).
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

enableCompileCache(
  process.env.NODE_COMPILE_CACHE ?? join(import.meta.dirname, '../../node_modules/.cache/kafdeck-compiled'),
);
// What passes through are buffers outside the heap, which V8 counts as if they were in it: with its own choice it marks a
// heap of 14 MB all over for every 10 MB of records.
setFlagsFromString('--heap-growing-percent=200');
const { run } = await import('./run.ts');
await run();
