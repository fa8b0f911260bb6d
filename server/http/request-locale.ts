import { chooseLocale, type Locale, localeCookie } from '../../lib/i18n/locale.ts';
import type { ApiRequest } from './api-request.ts';

const CHOSEN = new RegExp(`(?:^|;)\\s*${localeCookie}=(\\w+)`);

/** The language to answer in: the one chosen in the UI, else what Accept-Language asks for, else English. */
export function localeOf(headers: ApiRequest['headers']): Locale {
  const chosen = CHOSEN.exec(headers.get('cookie') ?? '')?.[1];
  return chooseLocale(chosen, headers.get('accept-language'));
}
