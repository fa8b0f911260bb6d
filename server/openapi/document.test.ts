import { describe, expect, it } from 'vitest';
import type { EndpointShape } from '../../lib/contract/endpoint.ts';
import { type EndpointName, endpoints } from '../../lib/contract/endpoints.ts';
import { openApiDocument } from './document.ts';
import { examples } from './examples.ts';
import { problemGuide } from './problem-guide.ts';

const document = openApiDocument('1.2.3');
const table = Object.entries(endpoints) as [EndpointName, EndpointShape][];

describe('the OpenAPI document', () => {
  it('has every endpoint of the contract under its path and method', () => {
    for (const [name, shape] of table) {
      const operation = document.paths[shape.path]?.[shape.method.toLowerCase()];
      expect(operation?.operationId, name).toBe(name);
      expect(Object.keys(operation!.responses)).toEqual([String(shape.status), 'default']);
      expect(operation!.requestBody !== undefined, name).toBe(shape.body !== undefined);
    }
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(operations).toHaveLength(table.length);
  });

  it('names every parameter of a path', () => {
    for (const [name, shape] of table) {
      const inPath = [...shape.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const operation = document.paths[shape.path]![shape.method.toLowerCase()]!;
      const told = operation.parameters.filter((parameter) => parameter.in === 'path');
      expect(
        told.map((parameter) => parameter.name),
        name,
      ).toEqual(inPath);
      expect(told.every((parameter) => parameter.required)).toBe(true);
    }
  });

  it('refers only to schemas that are there', () => {
    const text = JSON.stringify(document);
    expect(text).not.toContain('$defs');
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]!);
    expect(references.length).toBeGreaterThan(table.length);
    for (const reference of references) {
      const target = reference
        .slice(2)
        .split('/')
        .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
      expect(target, reference).toBeDefined();
    }
  });

  it('says that a stream is lines and what they are', () => {
    const answer = document.paths['/v1/clusters/{cluster}/topics/{topic}/messages']!.get!.responses['200'];
    expect(Object.keys(answer!.content as object)).toEqual(['application/x-ndjson']);
  });

  it('explains every problem once, under the address that problems point to', () => {
    expect(new Set(problemGuide.map(({ anchor }) => anchor)).size).toBe(problemGuide.length);
    expect(problemGuide.find(({ code }) => code === 'refused_by_kafka')).toMatchObject({
      status: 422,
      anchor: 'problem-refused-by-kafka',
    });
  });
});

describe('examples', () => {
  it.each(Object.keys(examples) as EndpointName[])('of %s follow the contract', (name) => {
    const shape: EndpointShape = endpoints[name];
    const example = examples[name] as { query?: unknown; body?: unknown; answer?: unknown };
    if (example.query) expect(shape.query?.safeParse(example.query).error).toBeUndefined();
    if (example.body) expect(shape.body?.safeParse(example.body).error).toBeUndefined();
    const answers = shape.form === 'ndjson' ? (example.answer as unknown[]) : [example.answer];
    for (const answer of answers.filter((given) => given !== undefined)) {
      expect(shape.answer.safeParse(answer).error).toBeUndefined();
    }
  });
});
