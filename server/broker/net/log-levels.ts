import type { Log } from './log.ts';

/** What a broker's log lines belong to; a logger without a level of its own has the root's. */
export const LOGGERS = ['root', 'kafka'] as const;
export type Logger = (typeof LOGGERS)[number];

/** The levels that Kafka knows, from the most severe on. */
export const LOG_LEVELS = ['FATAL', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE'];

const INITIAL = 'INFO';

/** The log levels of one broker, which can be changed while it runs (KIP-412). */
export class LogLevels {
  readonly #levels = new Map<Logger, string>([['root', INITIAL]]);

  /** The level that holds for a logger. */
  levelOf(logger: Logger): string {
    return this.#levels.get(logger) ?? this.#levels.get('root') ?? INITIAL;
  }

  /** Null takes the logger's own level away; the root then has the one that it started with. */
  set(logger: Logger, level: string | null): void {
    if (level !== null) this.#levels.set(logger, level);
    else if (logger === 'root') this.#levels.set(logger, INITIAL);
    else this.#levels.delete(logger);
  }

  /** A log that leaves out what the level of `kafka` does not let through. */
  filter(log: Log): Log {
    const lets = (level: string) => LOG_LEVELS.indexOf(level) <= LOG_LEVELS.indexOf(this.levelOf('kafka'));
    return {
      info: (line) => {
        if (lets('INFO')) log.info(line);
      },
      warn: (line) => {
        if (lets('WARN')) log.warn(line);
      },
      error: (line, error) => {
        if (lets('ERROR')) log.error(line, error);
      },
    };
  }
}
