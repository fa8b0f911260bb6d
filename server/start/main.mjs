/**
 * The console's program. What Node.js has compiled once is kept, which halves the time of every later start; that has
 * to be said before anything else is loaded, and in JavaScript, or Node.js loads what strips types (docs/decisions/0002).
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '../../node_modules/.cache/kafdeck-compiled');
process.env.NEXT_TELEMETRY_DISABLED = '1';
enableCompileCache(process.env.NODE_COMPILE_CACHE);
const { startConsole } = await import('./console.ts');
await startConsole(process.argv.slice(2));
