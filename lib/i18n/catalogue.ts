import en from './en.json' with { type: 'json' };
import ko from './ko.json' with { type: 'json' };
import type { Locale } from './locale.ts';

/** All text of the UI. English is the one the others are held to. */
export type Catalogue = typeof en;

const catalogues: Record<Locale, Catalogue> = { en, ko };

export function catalogueOf(locale: Locale): Catalogue {
  return catalogues[locale];
}
