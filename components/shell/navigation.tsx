'use client';
import { ArrowLeftRight, Gauge, Layers, type LucideIcon, Server, TextSearch, UsersRound } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { brokersPath, clusterPath, groupsPath, plansPath, searchPath, topicsPath } from '../data/paths.ts';
import { cn } from '../ui/class-names.ts';

type PageName = 'overview' | 'brokers' | 'topics' | 'search' | 'groups' | 'plans';

export const pages: { name: PageName; path: (cluster: string) => string; icon: LucideIcon }[] = [
  { name: 'overview', path: clusterPath, icon: Gauge },
  { name: 'brokers', path: brokersPath, icon: Server },
  { name: 'topics', path: topicsPath, icon: Layers },
  { name: 'search', path: searchPath, icon: TextSearch },
  { name: 'groups', path: groupsPath, icon: UsersRound },
  { name: 'plans', path: plansPath, icon: ArrowLeftRight },
];

/** At the left where there is room, icons over words on tablets, a bar below on phones. */
export function Navigation({ cluster }: { cluster: string }) {
  const t = useTranslations('shell');
  const pathname = usePathname();
  return (
    <nav
      aria-label={t('pages')}
      className={cn(
        'z-30 border-line bg-surface',
        'max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:border-t max-sm:pb-[env(safe-area-inset-bottom)]',
        'sm:sticky sm:top-12 sm:h-[calc(100dvh-3rem)] sm:w-20 sm:shrink-0 sm:border-r sm:py-3 lg:w-48',
      )}
    >
      <ul className="flex max-sm:justify-around sm:flex-col sm:gap-0.5 sm:px-2">
        {pages.map(({ name, path, icon: Icon }) => {
          const href = path(cluster);
          const isCurrent =
            name === 'overview' ? pathname === href : pathname === href || pathname.startsWith(`${href}/`);
          return (
            <li key={name} className="max-sm:flex-1">
              <Link
                href={href}
                aria-current={isCurrent ? 'page' : undefined}
                className={cn(
                  'flex items-center rounded-md font-medium text-ink-soft hover:bg-hover hover:text-ink focus-visible:-outline-offset-2',
                  'max-lg:flex-col max-lg:justify-center max-lg:gap-0.5 max-lg:py-1.5 max-lg:text-2xs lg:h-8 lg:gap-2.5 lg:px-2.5 lg:text-[0.8125rem]',
                  'max-sm:rounded-none aria-[current=page]:text-ink sm:aria-[current=page]:bg-selected',
                )}
              >
                <Icon aria-hidden className="size-4.5 lg:size-4" strokeWidth={isCurrent ? 2.25 : 1.75} />
                <span className={cn(isCurrent && 'max-sm:underline max-sm:underline-offset-4')}>
                  {t(`page.${name}`)}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
