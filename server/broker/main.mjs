/**
 * The embedded cluster's program. JavaScript, and the cache of compiled code before anything else is imported: then
 * Node.js need not load what strips types (14 MB), and starts in half the time (docs/decisions/0002).
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

enableCompileCache(
  process.env.NODE_COMPILE_CACHE ?? join(import.meta.dirname, '../../node_modules/.cache/kafdeck-compiled'),
);
const { run } = await import('./run.ts');
await run();
