import type { FieldOptions, FieldType, Struct } from './schema.ts';

/** The UUID that Kafka uses for "none". */
export const ZERO_UUID = 'AAAAAAAAAAAAAAAAAAAAAA';

/** JavaScript source of a field's default: a fresh value each time it is evaluated. */
export function defaultOf(type: FieldType, options: FieldOptions | undefined): string {
  const given = options?.default;
  if (given === null) return 'null';
  if (typeof given === 'bigint') return `${given}n`;
  if (given !== undefined) return JSON.stringify(given);
  if (Array.isArray(type)) return '[]';
  if (typeof type === 'object') {
    const fields = (type as Struct).fields.map((field) => `${field[0]}: ${defaultOf(field[1], field[3])}`);
    return `{ ${fields.join(', ')} }`;
  }
  switch (type) {
    case 'bool':
      return 'false';
    case 'int64':
      return '0n';
    case 'string':
      return "''";
    case 'uuid':
      return `'${ZERO_UUID}'`;
    case 'bytes':
      return 'Buffer.alloc(0)';
    case 'records':
      return 'null';
    default:
      return '0';
  }
}

/** Whether a value given to the encoder is what the field has when nothing is given. */
export function isDefault(type: FieldType, options: FieldOptions | undefined, value: unknown): boolean {
  if (value === undefined) return true;
  if (options?.default === null || type === 'records') return value === null;
  if (value === null) return false;
  if (Array.isArray(type)) return (value as unknown[]).length === 0;
  if (typeof type === 'object') {
    const fields = (type as Struct).fields;
    return fields.every(([name, inner, , rest]) =>
      isDefault(inner, rest, (value as Record<string, unknown>)[name]),
    );
  }
  const given = options?.default;
  switch (type) {
    case 'bool':
      return value === (given ?? false);
    case 'string':
      return value === (given ?? '');
    case 'uuid':
      return value === ZERO_UUID;
    case 'bytes':
      return (value as Uint8Array).length === 0;
    case 'int64':
      return BigInt(value as bigint | number) === (given ?? 0n);
    default:
      return value === (given ?? 0);
  }
}
