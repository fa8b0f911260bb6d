import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  compress: true,
  reactStrictMode: true,
  // tsc checks types by itself (npm run typecheck).
  typescript: { ignoreBuildErrors: true },
  // Native modules, and libraries that look for files beside them.
  serverExternalPackages: ['@node-rs/crc32', 'kafkajs', 'lz4-napi', 'pino', 'prom-client', 'snappy', 'yaml'],
  devIndicators: false,
  productionBrowserSourceMaps: false,
};

export default config;
