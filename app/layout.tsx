import './globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { Providers } from '../components/shell/providers.tsx';
import { catalogueOf } from '../lib/i18n/catalogue.ts';
import { chooseLocale, localeCookie } from '../lib/i18n/locale.ts';

export const metadata: Metadata = {
  title: { default: 'Kafdeck', template: '%s · Kafdeck' },
  icons: { icon: '/icon.svg' },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#161619' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const locale = chooseLocale(jar.get(localeCookie)?.value, head.get('accept-language'));
  return (
    // The theme's class is set by a script before React starts, so the attribute may differ from the server's.
    <html lang={locale} suppressHydrationWarning>
      <body>
        <Providers locale={locale} messages={catalogueOf(locale)}>
          {children}
        </Providers>
      </body>
    </html>
  );
}
