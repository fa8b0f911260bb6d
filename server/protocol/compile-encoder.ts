import { defaultOf, isDefault } from './default-value.ts';
import { ProtocolError } from './protocol-error.ts';
import {
  type Field,
  type FieldOptions,
  type FieldType,
  type Input,
  inVersions,
  type Message,
  type PrimitiveType,
  type Struct,
} from './schema.ts';
import type { Writer } from './writer.ts';

/** Writes a message from an offset on; returns the offset after it. */
export type Encoder<T> = (value: Input<T>, writer: Writer, offset: number) => number;

interface IntegerWrite {
  readonly size: number;
  readonly write: string;
  readonly invalid: string;
}

const INTEGERS: Partial<Record<PrimitiveType, IntegerWrite>> = {
  int8: { size: 1, write: 'setInt8', invalid: 'X << 24 >> 24 !== X' },
  int16: { size: 2, write: 'setInt16', invalid: 'X << 16 >> 16 !== X' },
  uint16: { size: 2, write: 'setUint16', invalid: '(X & 0xffff) !== X' },
  int32: { size: 4, write: 'setInt32', invalid: '(X | 0) !== X' },
  uint32: { size: 4, write: 'setUint32', invalid: 'X >>> 0 !== X' },
};

/**
 * Turns one version of a message into a function. As in Kafka, a field that the version does not have must be left at its
 * default unless it is ignorable, and a tagged field is written only when it differs from its default.
 */
export function compileEncoder<T>(message: Message<T>, version: number): Encoder<T> {
  const source = new EncoderSource(message, version);
  source.writeStruct(message, 'value', message.name);
  const code = `'use strict';
return function encode${message.name}V${version}(value, w, o) {
let b = w.buffer, v = w.view;
${source.lines.join('\n')}
return o;
}`;
  const build = new Function('fail', 'isDefault', 'T', code) as (...closure: unknown[]) => Encoder<T>;
  return build(fail, isDefault, source.types);
}

class EncoderSource {
  readonly lines: string[] = [];
  /** Types and options of fields whose defaults are compared while encoding. */
  readonly types: { type: FieldType; options: FieldOptions | undefined }[] = [];
  readonly #version: number;
  readonly #flexible: boolean;
  #names = 0;

  constructor(message: Message<unknown>, version: number) {
    this.#version = version;
    this.#flexible = version >= message.flexibleVersion;
  }

  writeStruct(struct: Struct, value: string, path: string): void {
    this.lines.push(
      `if (typeof ${value} !== 'object' || ${value} === null) fail('${path}', 'is no object');`,
    );
    const tagged: Field[] = [];
    for (const field of struct.fields) {
      const [name, type, versions, options] = field;
      if (!inVersions(this.#version, versions)) {
        if (!options?.ignorable)
          this.lines.push(
            `if (${this.#differs(type, options, `${value}.${name}`)}) fail('${path}.${name}', 'cannot be sent in version ${this.#version}');`,
          );
      } else if (inVersions(this.#version, options?.tagged)) tagged.push(field);
      else this.#writeField(field, value, `${path}.${name}`);
    }
    if (this.#flexible) this.#writeTaggedFields(tagged, value, path);
  }

  #writeField([name, type, , options]: Field, owner: string, path: string): void {
    const value = this.#fresh();
    const compact = this.#flexible && options?.flexible !== 'none';
    const fallback = typeof type === 'object' && !Array.isArray(type) && options?.default !== null;
    this.lines.push(
      `let ${value} = ${owner}.${name};`,
      `if (${value} === undefined) ${value} = ${fallback ? '{}' : defaultOf(type, options)};`,
    );
    this.#writeValue(type, value, compact, inVersions(this.#version, options?.nullable), path);
  }

  #writeTaggedFields(fields: Field[], owner: string, path: string): void {
    const sorted = [...fields].sort((a, b) => a[3]!.tag! - b[3]!.tag!);
    const present = sorted.map(([name, type, , options]) => {
      const flag = this.#fresh();
      this.lines.push(`const ${flag} = ${this.#differs(type, options, `${owner}.${name}`)};`);
      return flag;
    });
    this.#ensure('1');
    this.lines.push(
      `b[o++] = ${present.length === 0 ? '0' : present.map((flag) => `+${flag}`).join(' + ')};`,
    );
    for (const [index, field] of sorted.entries()) {
      const start = this.#fresh();
      this.lines.push(`if (${present[index]}) {`);
      this.lines.push(`o = w.unsignedVarint(o, ${field[3]!.tag});`, this.#reload());
      this.#ensure('1');
      this.lines.push(`const ${start} = ++o;`);
      this.#writeField(field, owner, `${path}.${field[0]}`);
      this.lines.push(`o = w.sizeBefore(${start}, o);`, this.#reload(), '}');
    }
  }

  #writeValue(type: FieldType, value: string, compact: boolean, nullable: boolean, path: string): void {
    if (Array.isArray(type)) this.#writeArray(type[0], value, compact, nullable, path);
    else if (typeof type === 'object') this.#writeInnerStruct(type as Struct, value, nullable, path);
    else this.#writePrimitive(type as PrimitiveType, value, compact, nullable, path);
  }

  #writePrimitive(
    type: PrimitiveType,
    value: string,
    compact: boolean,
    nullable: boolean,
    path: string,
  ): void {
    const integer = INTEGERS[type];
    if (integer) {
      this.lines.push(`if (${integer.invalid.replaceAll('X', value)}) fail('${path}', 'is no ${type}');`);
      this.#ensure(String(integer.size));
      this.lines.push(`v.${integer.write}(o, ${value}); o += ${integer.size};`);
    } else if (type === 'bool') {
      this.#ensure('1');
      this.lines.push(`b[o++] = ${value} ? 1 : 0;`);
    } else if (type === 'float64') {
      this.#ensure('8');
      this.lines.push(`v.setFloat64(o, ${value}); o += 8;`);
    } else if (type === 'int64' || type === 'uuid') {
      const size = type === 'int64' ? 8 : 16;
      this.#ensure(String(size));
      this.lines.push(`w.${type}(o, ${value}, '${path}'); o += ${size};`);
    } else {
      this.#writeNull(value, compact, nullable, type === 'string' ? 'setInt16' : 'setInt32', path);
      this.lines.push(`o = w.${type}(o, ${value}, ${compact}, '${path}');`, this.#reload(), '}');
    }
  }

  /** Emits the null case of a value with a length, and opens the block of the other case. */
  #writeNull(
    value: string,
    compact: boolean,
    nullable: boolean,
    write: 'setInt16' | 'setInt32',
    path: string,
  ): void {
    this.lines.push(`if (${value} === null) {`);
    if (nullable) {
      this.#ensure('4');
      this.lines.push(compact ? 'b[o++] = 0;' : `v.${write}(o, -1); o += ${write === 'setInt16' ? 2 : 4};`);
    } else this.lines.push(`fail('${path}', 'cannot be null in version ${this.#version}');`);
    this.lines.push('} else {');
  }

  #writeInnerStruct(struct: Struct, value: string, nullable: boolean, path: string): void {
    if (!nullable) {
      this.writeStruct(struct, value, path);
      return;
    }
    this.#ensure('1');
    this.lines.push(`b[o++] = ${value} === null ? 255 : 1;`, `if (${value} !== null) {`);
    this.writeStruct(struct, value, path);
    this.lines.push('}');
  }

  #writeArray(
    element: PrimitiveType | Struct,
    value: string,
    compact: boolean,
    nullable: boolean,
    path: string,
  ): void {
    const [index, item] = [this.#fresh(), this.#fresh()];
    this.#writeNull(value, compact, nullable, 'setInt32', path);
    this.lines.push(`if (!Array.isArray(${value})) fail('${path}', 'is no array');`);
    if (compact) this.lines.push(`o = w.unsignedVarint(o, ${value}.length + 1);`, this.#reload());
    else {
      this.#ensure('4');
      this.lines.push(`v.setInt32(o, ${value}.length); o += 4;`);
    }
    this.lines.push(`for (let ${index} = 0; ${index} < ${value}.length; ${index}++) {`);
    this.lines.push(`const ${item} = ${value}[${index}];`);
    this.#writeValue(element, item, compact, false, path);
    this.lines.push('}', '}');
  }

  /** An expression: was a value given that is not the default? */
  #differs(type: FieldType, options: FieldOptions | undefined, value: string): string {
    const index = this.types.push({ type, options }) - 1;
    return `${value} !== undefined && !isDefault(T[${index}].type, T[${index}].options, ${value})`;
  }

  #ensure(size: string): void {
    this.lines.push(`if (o + ${size} > b.length) { w.grow(o, o + ${size}); ${this.#reload()} }`);
  }

  #reload(): string {
    return 'b = w.buffer; v = w.view;';
  }

  #fresh(): string {
    return `x${this.#names++}`;
  }
}

function fail(path: string, what: string): never {
  throw new ProtocolError(`${path} ${what}`);
}
