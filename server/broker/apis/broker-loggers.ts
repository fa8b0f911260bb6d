import { ERROR } from '../../protocol/errors.ts';
import { CONFIG_SOURCE, type ResolvedConfig } from '../config/resolve.ts';
import { DONE, type Outcome, refused } from '../controller/outcome.ts';
import type { ConfigChange } from '../controller/requests.ts';
import { LOG_LEVELS, LOGGERS, type Logger, type LogLevels } from '../net/log-levels.ts';

/** Loggers as DescribeConfigs tells them: configs whose value is a level. */
export function resolveLoggers(levels: LogLevels): ResolvedConfig[] {
  return LOGGERS.map((name) => {
    const value = levels.levelOf(name);
    const source = CONFIG_SOURCE.dynamicBrokerLogger;
    return {
      name,
      definition: {
        name,
        type: 'STRING',
        defaultValue: null,
        documentation: 'How much of what happens in the broker is written into its log.',
        check: null,
        updateMode: 'per-broker',
      },
      value,
      source,
      synonyms: [],
    };
  });
}

/** Sets levels, in Kafka's words for what can't be (KIP-412). All of the changes or none. */
export function alterLoggers(
  levels: LogLevels,
  changes: readonly ConfigChange[],
  validateOnly: boolean,
): Outcome {
  for (const { name, operation, value } of changes) {
    if (operation === 'append' || operation === 'subtract') {
      return refused(
        ERROR.INVALID_REQUEST,
        `${operation.toUpperCase()} operation is not allowed for the BROKER_LOGGER resource`,
      );
    }
    if (loggerNamed(name) === null) return refused(ERROR.INVALID_CONFIG, `Logger ${name} does not exist!`);
    if (operation === 'delete' && name === 'root') {
      return refused(ERROR.INVALID_REQUEST, 'Removing the log level of the root logger is not allowed');
    }
    if (operation === 'set' && !LOG_LEVELS.includes(value ?? '')) {
      return refused(
        ERROR.INVALID_CONFIG,
        `Cannot set the log level of ${name} to ${value} as it is not a supported log level. Valid log levels are ${[...LOG_LEVELS].sort().join(', ')}`,
      );
    }
  }
  if (validateOnly) return DONE;
  for (const { name, operation, value } of changes) {
    levels.set(loggerNamed(name)!, operation === 'delete' ? null : value);
  }
  return DONE;
}

function loggerNamed(name: string): Logger | null {
  return LOGGERS.find((logger) => logger === name) ?? null;
}
