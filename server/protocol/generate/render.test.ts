import { describe, expect, test } from 'vitest';
import { type MessageDefinition, withoutComments } from './definitions.ts';
import { camelCase, kebabCase, renderApi, renderMessage } from './render.ts';

test.each([
  ['Name', 'name'],
  ['TopicData', 'topicData'],
  ['ISRNodes', 'isrNodes'],
  ['KRaftVersion', 'kRaftVersion'],
  ['ISR', 'isr'],
  ['group', 'group'],
])('%s is %s', (given, expected) => {
  expect(camelCase(given)).toBe(expected);
});

test('names of files are in kebab case', () => {
  expect(kebabCase('OffsetForLeaderEpoch')).toBe('offset-for-leader-epoch');
});

test('comments go, but not what looks like one inside a string', () => {
  expect(JSON.parse(withoutComments('// a\n{ "a": "http://b", // c\n "d": "\\"//" }'))).toEqual({
    a: 'http://b',
    d: '"//',
  });
});

const definition = (type: string, fields: MessageDefinition['fields']): MessageDefinition => ({
  apiKey: 500,
  type,
  name: `Sample${type === 'request' ? 'Request' : type === 'response' ? 'Response' : 'Record'}`,
  validVersions: '1-3',
  flexibleVersions: '2+',
  fields,
});

describe('a generated file', () => {
  const item = {
    name: 'Item',
    type: '[]Item',
    versions: '0+',
    fields: [{ name: 'Id', type: 'int64', versions: '0+', default: '-1' }],
  };

  test('names a structure after its message where request and response have one of the same name', () => {
    const source = renderApi(definition('request', [item]), definition('response', [item]));
    expect(source).toContain('export interface SampleRequestItem {\n  id: bigint;\n}');
    expect(source).toContain('export interface SampleResponse {\n  item: SampleResponseItem[];\n}');
    expect(source).toContain("defineApi(\n  500, 'Sample', '1-3', '2+',");
  });

  test('has what the encoding depends on and nothing else', () => {
    const source = renderMessage(
      definition('data', [
        {
          name: 'Rack',
          type: 'string',
          versions: '1+',
          nullableVersions: '2+',
          default: 'null',
          ignorable: true,
        },
        { name: 'Size', type: 'int32', versions: '0+', default: '0x7fffffff' },
        { name: 'Plain', type: 'bool', versions: '0+', default: 'false' },
        { name: 'Late', type: 'int64', taggedVersions: '3+', tag: 2, default: -1 },
      ]),
    );
    expect(source).toContain("['rack', 'string', '1+', { nullable: '2+', default: null, ignorable: true }],");
    expect(source).toContain("['size', 'int32', '0+', { default: 2147483647 }],");
    expect(source).toContain("['plain', 'bool', '0+'],");
    expect(source).toContain("['late', 'int64', '3+', { default: -1n, tagged: '3+', tag: 2 }],");
    expect(source).toContain('rack: string | null;');
  });

  test('is refused for a structure that holds itself or a type that is not known', () => {
    const loop = { name: 'Next', type: 'Item', versions: '0+' };
    const looping = { ...item, fields: [loop] };
    expect(() => renderMessage(definition('data', [looping]))).toThrow('holds itself');
    expect(() => renderMessage(definition('data', [{ name: 'X', type: 'int128', versions: '0+' }]))).toThrow(
      'not known',
    );
  });
});
