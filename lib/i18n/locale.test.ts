import { describe, expect, it } from 'vitest';
import { chooseLocale } from './locale.ts';

describe('chooseLocale', () => {
  it('takes what was chosen before anything the browser says', () => {
    expect(chooseLocale('ko', 'en-US,en;q=0.9')).toBe('ko');
  });

  it('takes the language with the highest quality that it speaks', () => {
    expect(chooseLocale(undefined, 'fr-FR, en;q=0.5, ko-KR;q=0.8')).toBe('ko');
    expect(chooseLocale(undefined, 'ko;q=0.1,en-GB')).toBe('en');
    expect(chooseLocale(undefined, 'ko-KR,ko;q=0.9,en-US;q=0.8')).toBe('ko');
  });

  it('does not take a language that is refused by q=0', () => {
    expect(chooseLocale(undefined, 'ko;q=0')).toBe('en');
  });

  it('falls back to English for no, unknown or broken input', () => {
    expect(chooseLocale(undefined, null)).toBe('en');
    expect(chooseLocale('xx', 'de-DE')).toBe('en');
    expect(chooseLocale(undefined, ';;;,,q=')).toBe('en');
  });
});
