import type { ClusterClient } from '../client/cluster-client.ts';

/**
 * Long polls at one broker at a time. Each keeps a connection busy, and the client has eight for data: the others stay
 * free for those who read and produce.
 */
const MOST_AT_ONCE = 6;
/** How long a broker may wait for records; less when more follow, so that each has its turn within this time. */
const WAIT_MS = 250;
const LEAST_WAIT_MS = 10;

export interface LongPoll {
  readonly maxWaitMs: number;
  /** Lets the next one in. */
  end(): void;
}

interface Waiting {
  begin: () => void;
}

interface Queue {
  underWay: number;
  readonly waiting: Set<Waiting>;
}

const queues = new WeakMap<ClusterClient, Map<number, Queue>>();

/** Waits for a turn to long-poll a broker; null when the signal fires before. */
export async function longPoll(
  client: ClusterClient,
  broker: number,
  signal: AbortSignal,
): Promise<LongPoll | null> {
  const queue = queueOf(client, broker);
  if (queue.underWay < MOST_AT_ONCE) queue.underWay += 1;
  else if (!(await isTurn(queue, signal))) return null;
  const rounds = Math.ceil((queue.underWay + queue.waiting.size) / MOST_AT_ONCE);
  const maxWaitMs = Math.max(LEAST_WAIT_MS, Math.floor(WAIT_MS / rounds));
  return { maxWaitMs, end: () => passOn(queue) };
}

function queueOf(client: ClusterClient, broker: number): Queue {
  let byBroker = queues.get(client);
  if (!byBroker) {
    byBroker = new Map();
    queues.set(client, byBroker);
  }
  let queue = byBroker.get(broker);
  if (!queue) {
    queue = { underWay: 0, waiting: new Set() };
    byBroker.set(broker, queue);
  }
  return queue;
}

/** Waits for a place that is handed over. */
function isTurn(queue: Queue, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (begins: boolean) => {
      queue.waiting.delete(one);
      signal.removeEventListener('abort', giveUp);
      resolve(begins);
    };
    const one = { begin: () => settle(true) };
    const giveUp = () => settle(false);
    if (signal.aborted) return resolve(false);
    signal.addEventListener('abort', giveUp, { once: true });
    queue.waiting.add(one);
  });
}

/** The one that has waited longest takes the place over. */
function passOn(queue: Queue): void {
  const [next] = queue.waiting;
  if (next) next.begin();
  else queue.underWay -= 1;
}
