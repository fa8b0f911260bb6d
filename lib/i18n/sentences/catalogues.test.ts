import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import type { Locale } from '../locale.ts';
import { pageSentences } from '../page-sentences.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';
import { type Parameter, type SentenceKey, say } from './sentence.ts';

const keys = Object.keys(en) as SentenceKey[];
const english: Record<string, string> = { ...en, ...pageSentences.en };
const korean: Record<string, string> = { ...ko, ...pageSentences.ko };

function parametersOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map((match) => match[1]!))].sort();
}

function sources(dir: string): string {
  return readdirSync(dir, { withFileTypes: true })
    .map((entry) => {
      const path = join(dir, entry.name);
      if (entry.isDirectory()) return sources(path);
      return /\.tsx?$/.test(entry.name) && !/\.test\./.test(entry.name) ? readFileSync(path, 'utf8') : '';
    })
    .join('\n');
}

const root = join(import.meta.dirname, '../../..');
const contract = sources(join(root, 'lib/contract'));
const code = [sources(join(root, 'server')), sources(join(root, 'lib/kafka')), contract].join('\n');

describe('what the server says', () => {
  it('has the same keys in both languages', () => {
    expect(Object.keys(korean)).toEqual(Object.keys(english));
  });

  it('takes the same parameters', () => {
    const differing = Object.keys(english).filter(
      (key) => parametersOf(english[key]!).join() !== parametersOf(korean[key]!).join(),
    );
    expect(differing).toEqual([]);
  });

  it('leaves no English sentence in Korean, and no text empty', () => {
    const left = Object.entries(korean).filter(([, text]) => {
      const words = text.replace(/\{[^}]*\}/g, ' ').match(/[A-Za-z]{2,}/g) ?? [];
      return text.trim() === '' || (words.length > 0 && !/[가-힣]/.test(text));
    });
    expect(left).toEqual([]);
  });

  it('has no text that nothing says', () => {
    const composed = [...code.matchAll(/say\(\s*`([\w.]*)\$\{[^}]*\}([\w.]*)`/g)].map(
      ([, before, after]) => new RegExp(`^${before!.replaceAll('.', '\\.')}\\w+${after}$`),
    );
    const unsaid = keys.filter(
      (key) =>
        !code.includes(`'${key}'`) &&
        !composed.some((pattern) => pattern.test(key)) &&
        !(key.startsWith('rule.') && contract.includes(`'${en[key]}'`)),
    );
    expect(unsaid).toEqual([]);
  });

  it('knows every rule that the contract puts into words', () => {
    const rules = [...contract.matchAll(/(?:,\s*|message: )'([A-Z][^'\n]*)',?\s*[)}]/g)].map(
      ([, text]) => text!,
    );
    expect(rules.length).toBeGreaterThan(5);
    const unknown = rules.filter((text) => !keys.some((key) => key.startsWith('rule.') && en[key] === text));
    expect(unknown).toEqual([]);
  });

  it.each(['en', 'ko'] as const)('reads as ICU messages do (%s)', (locale: Locale) => {
    const messages = Object.fromEntries(
      Object.entries(locale === 'en' ? en : ko).map(([key, text]) => [key.replaceAll('.', '_'), text]),
    );
    const icu = createTranslator<Record<string, string>>({
      locale,
      messages,
      onError: (error) => {
        throw error;
      },
    });
    const sayAny = say as (key: string, parameters: Record<string, Parameter>) => ReturnType<typeof say>;
    for (const key of keys) {
      for (const count of [0, 1, 2, 12_345]) {
        const parameters = Object.fromEntries(
          parametersOf(en[key]).map((name) => {
            const isNumber = new RegExp(`\\{${name}, `).test(`${en[key]}${ko[key]}`);
            return [name, isNumber ? count : `<${name}>`];
          }),
        );
        expect(sayAny(key, parameters).in(locale)).toBe(icu(key.replaceAll('.', '_'), parameters));
      }
    }
  });
});
