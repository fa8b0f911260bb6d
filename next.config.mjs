// JavaScript, so that Next.js needs nothing to compile it with when the console starts (docs/decisions/0002).

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // Loading every page and route at start takes a tenth of a second from the first view, and memory for what nobody opens.
  experimental: { preloadEntriesOnStart: false },
  // tsc checks types by itself (npm run typecheck).
  typescript: { ignoreBuildErrors: true },
  // Native modules, and libraries that look for files beside them.
  serverExternalPackages: ['@node-rs/crc32', 'kafkajs', 'lz4-napi', 'pino', 'prom-client', 'snappy', 'yaml'],
};
