import { describe, expect, it } from 'vitest';
import { base64Serde, hexSerde, uuidSerde } from './identifiers.ts';
import { jsonSerde } from './json.ts';
import { doubleSerde, floatSerde, integerSerde, longSerde, shortSerde } from './numbers.ts';
import { type Serde, SerdeError, type WriteTarget } from './serde.ts';
import { textSerde } from './text.ts';
import { xmlSerde } from './xml.ts';

const target: WriteTarget = { topic: 't', part: 'value', schemaId: null, typeName: null };
const json = (text: string) => jsonSerde.decode(Buffer.from(text));

describe('json', () => {
  it('keeps numbers as they were written, and gives long integers as bigints', () => {
    const text =
      '{"a":9007199254740993,"b":-9223372036854775808,"c":0.10000000000000000001,"d":1e400,"e":[12345678901234567890]}';
    const decoded = json(text);
    expect(decoded.text).toBe(text);
    expect(decoded.value).toEqual({
      a: 9007199254740993n,
      b: -9223372036854775808n,
      c: 0.1,
      d: Number.POSITIVE_INFINITY,
      e: [12345678901234567890n],
    });
  });

  it('leaves digits within strings alone', () => {
    expect(json('{"card":"1234567812345678","n":" 12345678901234567890"}').value).toEqual({
      card: '1234567812345678',
      n: ' 12345678901234567890',
    });
  });

  it('does not look at the text before somebody asks', () => {
    const decoded = jsonSerde.decode(Buffer.from('no json'));
    expect(() => decoded.text).toThrow(SerdeError);
    expect(() => decoded.value).toThrow(SerdeError);
  });

  it.each([
    ['{"a":NaN}', 'It is not JSON from line 1, column 6 on: NaN}'],
    ['{"a":1,}', 'It is not JSON from line 1, column 8 on: }'],
    ['{\n "a" 1}', 'It is not JSON from line 2, column 6 on: 1}'],
    ['{"a":01}', 'It is not JSON from line 1, column 6 on: 01}'],
    ['[1 2]', 'It is not JSON from line 1, column 4 on: 2]'],
    ['"a\nb"', 'It is not JSON from line 1, column 3 on:  b"'],
    ['{"a":"\\x"}', 'It is not JSON from line 1, column 7 on: \\x"}'],
    ['{} {}', 'It is not JSON from line 1, column 4 on: {}'],
    ['{"a":[1,2', 'It is not JSON: it ends in the middle'],
    ['"abc', 'It is not JSON: it ends in the middle'],
    [' ', 'It is empty, which is not JSON'],
    ['', 'It is empty, which is not JSON'],
  ])('says of %j where it goes wrong', (text, message) => {
    expect(() => json(text).value).toThrow(message);
  });

  it('refuses what is nested too deep, also behind long strings', () => {
    expect(() => json('['.repeat(1_000_000)).value).toThrow(/more than 1000 levels/);
    expect(() => json(`${'{"a":'.repeat(1001)}1${'}'.repeat(1001)}`).value).toThrow(/more than 1000 levels/);
    expect(json(`"${'['.repeat(5000)}"`).value).toBe('['.repeat(5000));
    expect(json(`${'['.repeat(1000)}${']'.repeat(1000)}`).value).toHaveLength(1);
  });

  it('refuses bytes that are not UTF-8, and gives lone surrogates as they are', () => {
    expect(() => jsonSerde.decode(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])).value).toThrow(/not UTF-8/);
    expect(json('"\\ud800"').value).toBe('\ud800');
  });

  it('takes a key named __proto__ for a key', () => {
    expect(Object.keys(json('{"__proto__":1}').value as object)).toEqual(['__proto__']);
  });

  it('writes what is typed, byte for byte, if it is JSON', async () => {
    expect(await jsonSerde.encode('{ "a": 1.0 }', target)).toEqual(Buffer.from('{ "a": 1.0 }'));
    await expect(jsonSerde.encode('{a: 1}', target)).rejects.toThrow(/line 1, column 2/);
    await expect(jsonSerde.encode('"\ud800"', target)).rejects.toThrow(/lone surrogate/);
  });
});

describe('numbers', () => {
  /** As the serializers of org.apache.kafka.common.serialization write them. */
  it.each<[Serde, string, string]>([
    [shortSerde, '-2', 'fffe'],
    [integerSerde, '1234567890', '499602d2'],
    [longSerde, '9007199254740993', '0020000000000001'],
    [longSerde, '-9223372036854775808', '8000000000000000'],
    [floatSerde, '0.1', '3dcccccd'],
    [floatSerde, '16777216', '4b800000'],
    [doubleSerde, '-0', '8000000000000000'],
    [doubleSerde, '0.1', '3fb999999999999a'],
    [doubleSerde, 'NaN', '7ff8000000000000'],
    [doubleSerde, '-Infinity', 'fff0000000000000'],
  ])('%o writes and reads %s', async (serde, text, bytes) => {
    expect((await serde.encode(text, target)).toString('hex')).toBe(bytes);
    expect(serde.decode(Buffer.from(bytes, 'hex')).text).toBe(text);
  });

  it('gives what a number cannot hold as a bigint', () => {
    expect(longSerde.decode(Buffer.from('0020000000000001', 'hex')).value).toBe(9007199254740993n);
    expect(longSerde.decode(Buffer.from('0000000000000001', 'hex')).value).toBe(1);
  });

  it('refuses other sizes, ranges and what is no number', async () => {
    expect(() => longSerde.decode(Buffer.alloc(7))).toThrow('A value of kind long has 8 bytes, here are 7');
    await expect(shortSerde.encode('32768', target)).rejects.toThrow('from -32768 to 32767');
    await expect(integerSerde.encode('1.5', target)).rejects.toThrow(SerdeError);
    await expect(doubleSerde.encode('', target)).rejects.toThrow(SerdeError);
    await expect(doubleSerde.encode('0x10', target)).rejects.toThrow(SerdeError);
  });
});

describe('identifiers and bytes', () => {
  const uuid = '123e4567-e89b-12d3-a456-426614174000';

  it('reads a UUID from its bytes and from its text, and writes its bytes', async () => {
    const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex');
    expect(uuidSerde.decode(bytes).value).toBe(uuid);
    expect(uuidSerde.decode(Buffer.from(uuid)).value).toBe(uuid);
    expect(await uuidSerde.encode(uuid, target)).toEqual(bytes);
    expect(() => uuidSerde.decode(Buffer.alloc(15))).toThrow(SerdeError);
    expect(() => uuidSerde.decode(Buffer.alloc(36, 0x61))).toThrow(SerdeError);
  });

  it('reads and writes hexadecimal and base64', async () => {
    expect(hexSerde.decode(Buffer.from([0, 255])).text).toBe('00ff');
    expect(await hexSerde.encode('00 FF', target)).toEqual(Buffer.from([0, 255]));
    await expect(hexSerde.encode('0', target)).rejects.toThrow(SerdeError);
    expect(base64Serde.decode(Buffer.from([0, 255])).text).toBe('AP8=');
    expect(await base64Serde.encode('AP8=', target)).toEqual(Buffer.from([0, 255]));
    await expect(base64Serde.encode('A', target)).rejects.toThrow(SerdeError);
  });
});

describe('text', () => {
  it('is the bytes as UTF-8, or an error', async () => {
    expect(textSerde.decode(Buffer.from('주문')).value).toBe('주문');
    expect(() => textSerde.decode(Buffer.from([0xff])).text).toThrow(/not UTF-8/);
    await expect(textSerde.encode('\udc00', target)).rejects.toThrow(/lone surrogate/);
  });
});

describe('xml', () => {
  const xml = (text: string) => xmlSerde.decode(Buffer.from(text));

  it('is its own text, and maps of elements with attributes as a value', () => {
    const text = '<?xml version="1.0"?>\n<order id="007"><item>a&amp;b</item><item>2</item></order>';
    expect(xml(text).text).toBe(text);
    expect(xml(text).value).toEqual({ order: { '@id': '007', item: ['a&b', '2'] } });
  });

  it.each([
    ['an element without its end', '<a><b></a>'],
    ['text', 'hello'],
    ['entities within entities', '<!DOCTYPE a [<!ENTITY b "&c;&c;"><!ENTITY c "x&">]><a>&b;</a'],
    ['a name that would change every object', '<a><__proto__>1</__proto__></a>'],
    ['deep nesting', `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`],
  ])('refuses %s', (_, text) => {
    expect(() => xml(text).value).toThrow(SerdeError);
  });
});
