import type { Catalogue } from './catalogue.ts';
import type { Locale } from './locale.ts';

/** A key that no catalogue has is a type error. */
declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: Catalogue;
  }
}
