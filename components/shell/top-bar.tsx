'use client';
import { Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { buttonClass } from '../ui/button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { LiveIndicator } from './live-indicator.tsx';
import { Logo } from './logo.tsx';
import { SampleDataBadge } from './sample-data-badge.tsx';

/** Menus are on the page as the server drew them, and open once their library is there. */
const ClusterSwitcher = dynamic(() =>
  import('./cluster-switcher.tsx').then((module) => module.ClusterSwitcher),
);
const ThemeMenu = dynamic(() => import('./preferences.tsx').then((module) => module.ThemeMenu));
const LanguageMenu = dynamic(() => import('./preferences.tsx').then((module) => module.LanguageMenu));

/** Fetched when it is first opened. */
const CommandPalette = dynamic(
  () => import('./command-palette.tsx').then((module) => module.CommandPalette),
  {
    ssr: false,
  },
);

export function TopBar({ cluster }: { cluster: string }) {
  const t = useTranslations('shell');
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      if (
        event.key.toLowerCase() !== 'k' ||
        !(event.metaKey || event.ctrlKey) ||
        event.shiftKey ||
        event.altKey
      )
        return;
      event.preventDefault();
      setWasOpened(true);
      setPaletteOpen((isOpen) => !isOpen);
    };
    window.addEventListener('keydown', open);
    return () => window.removeEventListener('keydown', open);
  }, []);
  return (
    <header className="sticky top-0 z-40 flex h-12 items-center gap-1 border-b border-line bg-surface px-3 sm:gap-2 sm:px-4">
      <Link href="/" aria-label={t('home')} className="flex shrink-0 items-center gap-2 rounded-md lg:w-44">
        <Logo className="size-6" />
        <span className="text-[0.9375rem] font-semibold tracking-tight max-lg:hidden">Kafdeck</span>
      </Link>
      <ClusterSwitcher cluster={cluster} />
      <SampleDataBadge cluster={cluster} />
      <div className="min-w-0 flex-1" />
      <LiveIndicator cluster={cluster} />
      <button
        type="button"
        aria-label={t('palette.open')}
        aria-keyshortcuts="Meta+K Control+K"
        onClick={() => {
          setWasOpened(true);
          setPaletteOpen(true);
        }}
        className={buttonClass(
          'plain',
          'medium',
          'text-ink-faint max-md:size-8 max-md:border-transparent max-md:px-0',
        )}
      >
        <Search aria-hidden className="size-4" />
        <span className="font-normal max-md:hidden">{t('palette.goTo')}</span>
        <span className="ml-4 max-md:hidden">
          <Kbd>⌘K</Kbd>
        </span>
      </button>
      <ThemeMenu />
      <LanguageMenu />
      {wasOpened ? (
        <CommandPalette cluster={cluster} isOpen={isPaletteOpen} onOpenChange={setPaletteOpen} />
      ) : null}
    </header>
  );
}
