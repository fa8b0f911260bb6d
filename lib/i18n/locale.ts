export const locales = ['en', 'ko'] as const;
export type Locale = (typeof locales)[number];

/** What each language calls itself. */
export const localeNames: Record<Locale, string> = { en: 'English', ko: '한국어' };

export const localeCookie = 'kafdeck-locale';

function isLocale(text: string | undefined): text is Locale {
  return locales.some((locale) => locale === text);
}

/**
 * The language to show: the one chosen before, else the first of Accept-Language that we speak (RFC 9110 §12.5.4),
 * else English.
 */
export function chooseLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(chosen)) return chosen;
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean);
      return {
        language: tag.toLowerCase().split('-')[0],
        quality: quality === undefined ? 1 : Number(quality),
      };
    })
    .filter(({ language, quality }) => isLocale(language) && quality > 0)
    .sort((one, other) => other.quality - one.quality);
  return (wanted[0]?.language as Locale | undefined) ?? 'en';
}
