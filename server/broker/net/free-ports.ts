import { once } from 'node:events';
import { createServer } from 'node:net';

const LAST_PORT = 65535;

async function isFree(host: string, port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    if (server.listening) {
      server.close();
      await once(server, 'close');
    }
  }
}

/** The first of `count` ports in a row that is taken, null when all are free. */
export async function firstTakenPort(host: string, port: number, count: number): Promise<number | null> {
  for (let candidate = port; candidate < port + count; candidate += 1) {
    if (!(await isFree(host, candidate))) return candidate;
  }
  return null;
}

/** The first port of a block of free ones: the block at `port`, or the next after it. Null when there is none. */
export async function freePortBlock(host: string, port: number, count: number): Promise<number | null> {
  for (let start = port; start + count - 1 <= LAST_PORT; start += count) {
    if ((await firstTakenPort(host, start, count)) === null) return start;
  }
  return null;
}
