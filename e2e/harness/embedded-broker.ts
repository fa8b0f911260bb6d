import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Child } from './child.ts';
import { projectDir, resultsDir, scratchDir } from './folders.ts';
import { freePortBlock } from './ports.ts';

/** The embedded cluster alone, as `npm run broker` starts it. With users it has a SASL_PLAINTEXT listener, too. */
export async function startEmbeddedBroker(
  options: { settings?: Readonly<Record<string, string>>; users?: Readonly<Record<string, string>> } = {},
): Promise<{
  bootstrapServers: string;
  saslServers: string;
  /** Holds a folder of each broker. */
  dir: string;
  child: Child;
  close(): Promise<void>;
}> {
  mkdirSync(resultsDir, { recursive: true });
  const dataDir = scratchDir('broker');
  const port = await freePortBlock(6);
  const child = new Child(
    process.execPath,
    [
      '--max-semi-space-size=8',
      join(projectDir, 'server/broker/main.mjs'),
      ...Object.entries(options.settings ?? {}).flatMap(([name, value]) => ['--config', `${name}=${value}`]),
      ...(options.users ? ['--listener', `SASL_PLAINTEXT:${port + 3}`] : []),
      ...Object.entries(options.users ?? {}).flatMap(([name, password]) => ['--user', `${name}:${password}`]),
    ],
    {
      env: { KAFDECK_EMBEDDED_PORT: String(port), KAFDECK_DATA_DIR: dataDir },
      logFile: join(resultsDir, 'broker.log'),
    },
  );
  await child.waitFor(new RegExp(`127\\.0\\.0\\.1:${port}`), 60_000);
  return {
    bootstrapServers: addresses(port),
    saslServers: addresses(port + 3),
    dir: join(dataDir, 'embedded'),
    child,
    async close() {
      await child.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const addresses = (firstPort: number) => [0, 1, 2].map((index) => `127.0.0.1:${firstPort + index}`).join(',');
