'use client';
import { Languages, Monitor, Moon, Sun, SunMoon } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useTheme } from 'next-themes';
import { type Locale, localeCookie, localeNames, locales } from '../../lib/i18n/locale.ts';
import { IconButton } from '../ui/button.tsx';
import { Menu, MenuRadio } from '../ui/menu.tsx';

const themes = ['system', 'light', 'dark'] as const;
const themeIcons = { system: Monitor, light: Sun, dark: Moon };

export function ThemeMenu() {
  const t = useTranslations('shell.theme');
  const { theme = 'system', setTheme } = useTheme();
  return (
    <Menu trigger={<IconButton icon={SunMoon} label={t('label')} />}>
      <MenuRadio
        label={t('label')}
        value={theme}
        onValueChange={setTheme}
        choices={themes.map((value) => ({ value, label: t(value), icon: themeIcons[value] }))}
      />
    </Menu>
  );
}

const YEAR_IN_SECONDS = 31_536_000;

export function LanguageMenu() {
  const t = useTranslations('shell');
  const locale = useLocale();
  const router = useRouter();
  const choose = (next: Locale) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing from plain HTTP pages
    document.cookie = `${localeCookie}=${next}; path=/; max-age=${YEAR_IN_SECONDS}; samesite=lax`;
    router.refresh();
  };
  return (
    <Menu trigger={<IconButton icon={Languages} label={t('language')} />}>
      <MenuRadio
        label={t('language')}
        value={locale}
        onValueChange={choose}
        choices={locales.map((value) => ({ value, label: <span lang={value}>{localeNames[value]}</span> }))}
      />
    </Menu>
  );
}
