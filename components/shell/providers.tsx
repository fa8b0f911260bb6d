'use client';
import { Tooltip } from '@base-ui/react/tooltip';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { NextIntlClientProvider } from 'next-intl';
import { ThemeProvider } from 'next-themes';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, useState, useSyncExternalStore } from 'react';
import type { Catalogue } from '../../lib/i18n/catalogue.ts';
import type { Locale } from '../../lib/i18n/locale.ts';

/** Nothing is said before somebody has done something. */
const Toaster = dynamic(() => import('../ui/toaster.tsx').then((module) => module.Toaster), { ssr: false });

function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // Pages poll, so a failed request is asked again by the next round and not by a retry that hides it.
      queries: { retry: false, staleTime: 500, gcTime: 60_000, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

const never = () => () => {};
const browserTimeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
const serverTimeZone = () => 'UTC';

export interface ProvidersProps {
  locale: Locale;
  messages: Catalogue;
  /** For the script that sets the theme before the first paint. */
  nonce: string | undefined;
  children: ReactNode;
}

/** What every page needs: language, theme, the cache of answers, state in the address. */
export function Providers({ locale, messages, nonce, children }: ProvidersProps) {
  const [queries] = useState(newQueryClient);
  // The server does not know the reader's time zone; React takes the browser's after hydration, without a mismatch.
  const timeZone = useSyncExternalStore(never, browserTimeZone, serverTimeZone);
  return (
    <NextIntlClientProvider locale={locale} messages={messages} timeZone={timeZone}>
      <ThemeProvider
        attribute="class"
        defaultTheme="system"
        enableSystem
        disableTransitionOnChange
        nonce={nonce}
      >
        <QueryClientProvider client={queries}>
          <NuqsAdapter>
            <Tooltip.Provider delay={300}>{children}</Tooltip.Provider>
            <Toaster />
          </NuqsAdapter>
        </QueryClientProvider>
      </ThemeProvider>
    </NextIntlClientProvider>
  );
}
