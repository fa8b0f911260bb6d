import './globals.css';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { Providers } from '../components/shell/providers.tsx';
import { catalogueOf } from '../lib/i18n/catalogue.ts';
import { requestLocale } from './page-title.ts';

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
  const [locale, head] = await Promise.all([requestLocale(), headers()]);
  // The Content-Security-Policy lets only scripts with this request's nonce run.
  const nonce = head.get('x-nonce') ?? undefined;
  return (
    // The theme's class is set by a script before React starts, so the attribute may differ from the server's.
    <html lang={locale} suppressHydrationWarning>
      <body>
        <Providers locale={locale} messages={catalogueOf(locale)} nonce={nonce}>
          {children}
        </Providers>
      </body>
    </html>
  );
}
