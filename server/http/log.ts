import { type Logger, pino } from 'pino';
import { lasting } from '../lasting.ts';

/** The console's log: JSON lines on standard error. Never give it settings, headers or message contents. */
export function log(): Logger {
  return lasting('log', () =>
    pino(
      {
        base: null,
        level: process.env.KAFDECK_LOG_LEVEL || 'warn',
        timestamp: pino.stdTimeFunctions.isoTime,
        redact: ['*.password', '*.sasl', '*.tls'],
      },
      pino.destination({ dest: 2, sync: true }),
    ),
  );
}
