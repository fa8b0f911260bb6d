import type { Metadata } from 'next';
import { cookies, headers } from 'next/headers';
import { createTranslator } from 'next-intl';
import { type Catalogue, catalogueOf } from '../lib/i18n/catalogue.ts';
import { chooseLocale, type Locale, localeCookie } from '../lib/i18n/locale.ts';

/** The language of the request: chosen before, or the browser's. */
export async function requestLocale(): Promise<Locale> {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  return chooseLocale(jar.get(localeCookie)?.value, head.get('accept-language'));
}

/**
 * A page's title in the language of the request: what kind of page, the name of the thing it shows where it shows one,
 * then what that belongs to, e.g. `Broker 1 · embedded`.
 */
export async function pageTitle(
  key: keyof Catalogue['titles'],
  { name = '', of = [] }: { name?: string; of?: string[] } = {},
): Promise<Metadata> {
  const locale = await requestLocale();
  const t = createTranslator({ locale, messages: catalogueOf(locale), namespace: 'titles' });
  // Titles that name nothing take no notice of `name`.
  return { title: [t(key as 'broker', { name }), ...of].join(' · ') };
}
