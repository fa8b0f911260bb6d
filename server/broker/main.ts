import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Before anything else is imported: it halves the time to start and saves 30 MB, for types need not be stripped again.
enableCompileCache(
  process.env.NODE_COMPILE_CACHE ?? join(import.meta.dirname, '../../node_modules/.cache/kafdeck-compiled'),
);
const { run } = await import('./run.ts');
await run();
