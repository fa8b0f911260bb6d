'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect, useRef } from 'react';
import { cn } from './class-names.ts';

export interface LinkTab {
  href: string;
  label: ReactNode;
  /** A small number after the label, e.g. how many there are. */
  count?: ReactNode;
}

/** Tabs that are pages: each has its address, and Back works. The first also stands for the bare address. */
export function LinkTabs({ tabs, label }: { tabs: readonly LinkTab[]; label: string }) {
  const pathname = usePathname();
  const current = tabs.findLast((tab) => pathname === tab.href || pathname.startsWith(`${tab.href}/`));
  const strip = useRef<HTMLElement>(null);
  const href = current?.href;
  useEffect(() => {
    const chosen = href === undefined ? null : strip.current?.querySelector('[aria-current=page]');
    // On phones the strip scrolls: the page one is on must be in sight.
    chosen?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [href]);
  return (
    <nav
      ref={strip}
      aria-label={label}
      className="-mx-4 overflow-x-auto border-b border-line px-4 sm:mx-0 sm:px-0"
    >
      <ul className="flex gap-1">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              aria-current={tab === current ? 'page' : undefined}
              className={cn(
                '-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent px-2.5 text-[0.8125rem] font-medium whitespace-nowrap text-ink-soft hover:text-ink',
                'focus-visible:-outline-offset-2 aria-[current=page]:border-ink aria-[current=page]:text-ink',
              )}
            >
              {tab.label}
              {tab.count === undefined || tab.count === null ? null : (
                <span className="rounded-sm bg-sunken px-1 text-2xs text-ink-faint">{tab.count}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
