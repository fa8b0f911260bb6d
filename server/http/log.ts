import { type Logger, pino } from 'pino';
import { lasting } from '../lasting.ts';

/**
 * The console's log: JSON lines on standard error, from `warn` up unless its level is set otherwise. Never give it
 * settings, headers or message contents.
 */
export function log(): Logger {
  return lasting('log', () =>
    pino(
      { base: null, level: 'warn', timestamp: pino.stdTimeFunctions.isoTime },
      pino.destination({ dest: 2, sync: true }),
    ),
  );
}
