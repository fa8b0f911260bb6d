import { lasting } from './lasting.ts';

/**
 * The folder of Kafdeck's own files, absolute. Worker threads are started from the sources in it; the bundle does not know
 * where those are, so the console's program says it before the bundle is loaded (docs/decisions/0001).
 *
 * @param known given once, by the program; without it, as in tests, the working directory
 */
export function projectRoot(known: string = process.cwd()): string {
  return lasting('root', () => known);
}
