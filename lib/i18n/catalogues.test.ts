import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import en from './en.json' with { type: 'json' };
import ko from './ko.json' with { type: 'json' };

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, path = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const name = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') flat.set(name, value);
    else for (const [inner, text] of flatten(value, name)) flat.set(inner, text);
  }
  return flat;
}

/** Names of ICU arguments and rich-text tags. */
function argumentsOf(text: string): string[] {
  const named = [...text.matchAll(/\{\s*(\w+)\s*[,}]/g)].map((match) => match[1]!);
  const tags = [...text.matchAll(/<(\w+)>/g)].map((match) => `<${match[1]}>`);
  return [...new Set([...named, ...tags])].sort();
}

function sources(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\./.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

const english = flatten(en);
const korean = flatten(ko);
const root = join(import.meta.dirname, '../..');

describe('message catalogues', () => {
  it('have the same keys', () => {
    expect([...korean.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('have no empty text', () => {
    const empty = [...english, ...korean].filter(([, text]) => text.trim() === '').map(([key]) => key);
    expect(empty).toEqual([]);
  });

  it('take the same arguments', () => {
    const differing = [...english.keys()].filter(
      (key) => argumentsOf(english.get(key)!).join() !== argumentsOf(korean.get(key) ?? '').join(),
    );
    expect(differing).toEqual([]);
  });

  it('leave no English sentence in Korean', () => {
    const left = [...korean].filter(([, text]) => {
      const words = text.replace(/\{[^}]*\}|<[^>]*>/g, ' ').match(/[A-Za-z]{2,}/g) ?? [];
      return words.length >= 3 && !/[가-힣]/.test(text);
    });
    expect(left).toEqual([]);
  });

  it('have no text that nothing shows', () => {
    const code = sources(join(root, 'components'))
      .concat(sources(join(root, 'app')))
      .join('\n');
    const unused = [...english.keys()].filter((key) => {
      const [last, parent] = key.split('.').reverse() as [string, string | undefined];
      // A key is written whole in quotes, or the end of it is put together from the name of what it tells of.
      const isWritten = [last, `${parent}.${last}`].some(
        (name) => code.includes(`'${name}'`) || code.includes(`.${name}'`),
      );
      const isComposed =
        parent !== undefined &&
        new RegExp(`\\b${parent}(\\.|'|\\()[^\\n]*`).test(code) &&
        code.includes('${');
      return !isWritten && !isComposed;
    });
    expect(unused).toEqual([]);
  });
});
