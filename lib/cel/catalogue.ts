/** Something that can be written in a filter. What it does stands in the page's texts, by `kind` and name. */
export interface CelEntry {
  readonly name: string;
  readonly kind: 'variable' | 'function' | 'method';
  /** What goes in and comes out, as a person reads it. Of a method the first one is what stands before the dot. */
  readonly types: string;
}

/**
 * Everything that a filter may use besides the fields of messages. A test holds it to what the server evaluates: all of it works, and
 * nothing is missing.
 */
export const CEL_ENTRIES = [
  { name: 'key', kind: 'variable', types: 'any' },
  { name: 'value', kind: 'variable', types: 'any' },
  { name: 'headers', kind: 'variable', types: 'map' },
  { name: 'topic', kind: 'variable', types: 'string' },
  { name: 'partition', kind: 'variable', types: 'int' },
  { name: 'offset', kind: 'variable', types: 'int' },
  { name: 'timestamp', kind: 'variable', types: 'timestamp' },
  { name: 'size', kind: 'variable', types: 'int' },

  { name: 'has', kind: 'function', types: '(field) → bool' },
  { name: 'size', kind: 'function', types: '(string | list | map | bytes) → int' },
  { name: 'timestamp', kind: 'function', types: '(string | int) → timestamp' },
  { name: 'duration', kind: 'function', types: '(string) → duration' },
  { name: 'int', kind: 'function', types: '(number | string | timestamp) → int' },
  { name: 'double', kind: 'function', types: '(number | string) → double' },
  { name: 'string', kind: 'function', types: '(any) → string' },
  { name: 'bool', kind: 'function', types: '(string | bool) → bool' },
  { name: 'bytes', kind: 'function', types: '(string) → bytes' },
  { name: 'uint', kind: 'function', types: '(number | string) → int' },
  { name: 'type', kind: 'function', types: '(any) → type' },
  { name: 'dyn', kind: 'function', types: '(any) → any' },

  { name: 'contains', kind: 'method', types: 'string.(string) → bool' },
  { name: 'startsWith', kind: 'method', types: 'string.(string) → bool' },
  { name: 'endsWith', kind: 'method', types: 'string.(string) → bool' },
  { name: 'matches', kind: 'method', types: 'string.(regex) → bool' },
  { name: 'lowerAscii', kind: 'method', types: 'string.() → string' },
  { name: 'upperAscii', kind: 'method', types: 'string.() → string' },
  { name: 'trim', kind: 'method', types: 'string.() → string' },
  { name: 'indexOf', kind: 'method', types: 'string.(string, int?) → int' },
  { name: 'lastIndexOf', kind: 'method', types: 'string.(string, int?) → int' },
  { name: 'substring', kind: 'method', types: 'string.(int, int?) → string' },
  { name: 'split', kind: 'method', types: 'string.(string, int?) → list' },
  { name: 'join', kind: 'method', types: 'list.(string?) → string' },
  { name: 'size', kind: 'method', types: 'string | list | map | bytes.() → int' },

  { name: 'exists', kind: 'method', types: 'list | map.(item, condition) → bool' },
  { name: 'all', kind: 'method', types: 'list | map.(item, condition) → bool' },
  { name: 'exists_one', kind: 'method', types: 'list | map.(item, condition) → bool' },
  { name: 'filter', kind: 'method', types: 'list | map.(item, condition) → list' },
  { name: 'map', kind: 'method', types: 'list | map.(item, condition?, result) → list' },
  { name: 'bind', kind: 'method', types: 'cel.(name, any, result) → any' },

  { name: 'getFullYear', kind: 'method', types: 'timestamp.(zone?) → int' },
  { name: 'getMonth', kind: 'method', types: 'timestamp.(zone?) → int' },
  { name: 'getDate', kind: 'method', types: 'timestamp.(zone?) → int' },
  { name: 'getDayOfMonth', kind: 'method', types: 'timestamp.(zone?) → int' },
  { name: 'getDayOfWeek', kind: 'method', types: 'timestamp.(zone?) → int' },
  { name: 'getDayOfYear', kind: 'method', types: 'timestamp.(zone?) → int' },
  { name: 'getHours', kind: 'method', types: 'timestamp | duration.(zone?) → int' },
  { name: 'getMinutes', kind: 'method', types: 'timestamp | duration.(zone?) → int' },
  { name: 'getSeconds', kind: 'method', types: 'timestamp | duration.(zone?) → int' },
  { name: 'getMilliseconds', kind: 'method', types: 'timestamp | duration.(zone?) → int' },

  { name: 'string', kind: 'method', types: 'bytes.() → string' },
  { name: 'hex', kind: 'method', types: 'bytes.() → string' },
  { name: 'base64', kind: 'method', types: 'bytes.() → string' },
  { name: 'at', kind: 'method', types: 'bytes.(int) → int' },
] as const satisfies readonly CelEntry[];

/** The operators, and an expression with each that is true of every message. */
export const CEL_OPERATORS = [
  { name: '&&', example: 'partition >= 0 && size >= 0' },
  { name: '||', example: 'offset == 1 || offset != 1' },
  { name: '!', example: '!has(headers.none)' },
  { name: '==', example: 'topic == topic' },
  { name: '!=', example: 'size != -1' },
  { name: '<', example: 'size < 2147483648' },
  { name: '<=', example: 'size <= 2147483647' },
  { name: '>', example: 'offset > -1' },
  { name: '>=', example: 'offset >= 0' },
  { name: 'in', example: 'partition % 2 in [0, 1]' },
  { name: '+', example: '1 + 1 == 2' },
  { name: '-', example: '3 - 1 == 2' },
  { name: '*', example: '2 * 2 == 4' },
  { name: '/', example: '5 / 2 == 2' },
  { name: '%', example: '5 % 2 == 1' },
  { name: '?:', example: 'size > 0 ? true : true' },
  { name: '[]', example: '[1, 2][0] == 1' },
] as const;
