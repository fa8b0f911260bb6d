import type { EmbeddedCluster } from '../embedded/embedded-cluster.ts';
import { registryIfMade } from '../registry.ts';
import type { HttpServer } from './http-server.ts';

interface Parts {
  http: HttpServer;
  app: { close(): Promise<void> };
  embedded: EmbeddedCluster | null;
}

/** One Ctrl-C comes several times: from the terminal, and passed on by npm and the bootstrap. */
const SAME_SIGNAL_MS = 700;
const DEADLINE_MS = 8000;
const PARENT_CHECK_MS = 1000;

/** Ctrl-C and SIGTERM close everything and end with 0; a second Ctrl-C ends at once. So does the loss of the parent. */
export function closeOnSignals(parts: Parts): void {
  let first = 0;
  const stop = () => {
    if (first === 0) {
      first = Date.now();
      void closeAll(parts);
    } else if (Date.now() - first > SAME_SIGNAL_MS) {
      parts.embedded?.kill();
      process.exit(130);
    }
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
  process.once('disconnect', stop);
  // npm passes SIGTERM to its shell, and the shell to nobody: the console sees that it has been left alone.
  if (process.env.npm_lifecycle_event) {
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && stop(), PARENT_CHECK_MS).unref();
  }
}

async function closeAll({ http, app, embedded }: Parts): Promise<void> {
  setTimeout(() => {
    embedded?.kill();
    process.exit(1);
  }, DEADLINE_MS).unref();
  try {
    await http.close();
    // Before the embedded cluster: whoever produces and consumes leaves while brokers still answer.
    await registryIfMade()?.close();
    await embedded?.close();
    await app.close();
    process.exit(0);
  } catch (error) {
    console.error('Kafdeck did not close cleanly.', error);
    embedded?.kill();
    process.exit(1);
  }
}
