/** The types of Kafka's configuration values. */
export type ConfigType =
  | 'BOOLEAN'
  | 'STRING'
  | 'INT'
  | 'SHORT'
  | 'LONG'
  | 'DOUBLE'
  | 'LIST'
  | 'CLASS'
  | 'PASSWORD';

/** Null when a parsed value is allowed, else the end of Kafka's sentence. Lists come as arrays. */
export type ConfigCheck = (value: number | string | readonly string[], name: string) => string | null;

/** `read-only` needs a restart; `per-broker` and `cluster-wide` can be changed while it runs (KIP-226). */
export type UpdateMode = 'read-only' | 'per-broker' | 'cluster-wide';

/** What is known of one configuration name. */
export interface ConfigDefinition {
  readonly name: string;
  readonly type: ConfigType;
  /** As text; null when there is none. */
  readonly defaultValue: string | null;
  readonly documentation: string;
  readonly check: ConfigCheck | null;
  readonly updateMode: UpdateMode;
}

const INTEGER_BOUNDS: Partial<Record<ConfigType, readonly [min: bigint, max: bigint]>> = {
  SHORT: [-(2n ** 15n), 2n ** 15n - 1n],
  INT: [-(2n ** 31n), 2n ** 31n - 1n],
  LONG: [-(2n ** 63n), 2n ** 63n - 1n],
};

const FLOAT = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** A list as Kafka reads it: split at commas, trimmed, none for the empty text. */
export function parseList(value: string): string[] {
  const trimmed = value.trim();
  return trimmed === '' ? [] : trimmed.split(/\s*,\s*/);
}

/** Null when the text is a valid value, else Kafka's message for INVALID_CONFIG. */
export function problemWithValue(definition: ConfigDefinition, text: string): string | null {
  const { name, type, check } = definition;
  const trimmed = text.trim();
  const invalid = (shown: string, why: string) => `Invalid value ${shown} for configuration ${name}: ${why}`;
  switch (type) {
    case 'BOOLEAN':
      return /^(true|false)$/i.test(trimmed)
        ? null
        : invalid(text, 'Expected value to be either true or false');
    case 'SHORT':
    case 'INT':
    case 'LONG': {
      const [min, max] = INTEGER_BOUNDS[type]!;
      const number = /^[+-]?\d+$/.test(trimmed) ? BigInt(trimmed.replace(/^\+/, '')) : null;
      if (number === null || number < min || number > max)
        return invalid(text, `Not a number of type ${type}`);
      const problem = check?.(Number(number), name) ?? null;
      return problem === null ? null : invalid(String(number), problem);
    }
    case 'DOUBLE': {
      if (!FLOAT.test(trimmed)) return invalid(text, 'Not a number of type DOUBLE');
      const number = Number(trimmed);
      const problem = check?.(number, name) ?? null;
      return problem === null
        ? null
        : invalid(Number.isInteger(number) ? `${number}.0` : `${number}`, problem);
    }
    case 'LIST': {
      const list = parseList(text);
      return check?.(list, name) ?? null;
    }
    default: {
      const problem = check?.(trimmed, name) ?? null;
      return problem === null ? null : invalid(trimmed, problem);
    }
  }
}

export const atLeast =
  (min: number): ConfigCheck =>
  (value) =>
    Number(value) < min ? `Value must be at least ${min}` : null;

export const between =
  (min: number, max: number): ConfigCheck =>
  (value) =>
    Number(value) < min
      ? `Value must be at least ${min}`
      : Number(value) > max
        ? `Value must be no more than ${max}`
        : null;

/** `from`–`to`, or the one value that means "the codec's own default". */
export const betweenOr =
  (from: number, to: number, other: number): ConfigCheck =>
  (value) =>
    value === other || (Number(value) >= from && Number(value) <= to)
      ? null
      : `Value must be between ${from} and ${to} or equal to ${other}`;

export const oneOf =
  (...allowed: string[]): ConfigCheck =>
  (value) =>
    allowed.includes(String(value)) ? null : `String must be one of: ${allowed.join(', ')}`;

export const oneOfAnyCase =
  (...allowed: string[]): ConfigCheck =>
  (value) =>
    allowed.includes(String(value).toUpperCase())
      ? null
      : `String must be one of (case insensitive): ${allowed.join(', ')}`;

export const listOf =
  (...allowed: string[]): ConfigCheck =>
  (value, name) => {
    const stranger = (value as readonly string[]).find((item) => !allowed.includes(item));
    return stranger === undefined
      ? null
      : `Invalid value ${stranger} for configuration ${name}: String must be one of: ${allowed.join(', ')}`;
  };

/** The replicas a replication quota holds for: `*` or `partition:broker` pairs (KIP-73). */
export const throttledReplicas: ConfigCheck = (value, name) => {
  const list = value as readonly string[];
  if ((list.length === 1 && list[0] === '*') || list.every((item) => /^\d+:\d+$/.test(item))) return null;
  return (
    `Invalid value [${list.join(', ')}] for configuration ${name}: ${name} must be the literal '*' or a list of replicas ` +
    'in the following format: [partitionId]:[brokerId],[partitionId]:[brokerId],...'
  );
};
