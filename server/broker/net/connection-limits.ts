import type { Socket } from 'node:net';
import { quotaKey } from '../controller/client-quota-image.ts';
import type { MetadataImage } from '../controller/metadata-image.ts';
import { SampledRate } from '../quotas/sampled-rate.ts';
import type { Log } from './log.ts';

const NO_LIMIT = 2 ** 31 - 1;
/** Kafka's default quota window. */
const SAMPLES = 11;
const SAMPLE_MS = 1000;

interface Waiting {
  readonly socket: Socket;
  readonly enter: () => void;
}

/**
 * How many connections a broker takes, over all its listeners: `max.connections` (who comes then waits for a place),
 * `max.connections.per.ip` with its overrides (who comes then is hung up on), and the quota `connection_creation_rate` of
 * addresses (KIP-612: who is too quick is kept waiting and then hung up on).
 */
export class ConnectionLimits {
  readonly #config: (name: string) => string | undefined;
  readonly #image: MetadataImage;
  readonly #now: () => number;
  readonly #log: Log;
  readonly #countByAddress = new Map<string, number>();
  readonly #rateByAddress = new Map<string, SampledRate>();
  #waiting: Waiting[] = [];
  #count = 0;

  constructor(
    config: (name: string) => string | undefined,
    image: MetadataImage,
    now: () => number,
    log: Log,
  ) {
    this.#config = config;
    this.#image = image;
    this.#now = now;
    this.#log = log;
  }

  /** Lets a new connection in by `enter` at once, later, or never. */
  open(socket: Socket, enter: () => void): void {
    const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    const delayMs = this.#delayMs(address);
    if (delayMs > 0) {
      this.#hold(socket);
      setTimeout(() => socket.destroy(), delayMs).unref();
      return;
    }
    if ((this.#countByAddress.get(address) ?? 0) >= this.#limitOf(address)) {
      this.#log.warn(`refused /${address}:${socket.remotePort}: too many connections from this address`);
      socket.destroy();
      return;
    }
    this.#countByAddress.set(address, (this.#countByAddress.get(address) ?? 0) + 1);
    socket.once('close', () => this.#leftAddress(address));
    const place = { socket, enter };
    if (this.#count < Number(this.#config('max.connections') ?? NO_LIMIT)) {
      this.#enter(place);
      return;
    }
    this.#hold(socket);
    this.#waiting.push(place);
  }

  #enter({ socket, enter }: Waiting): void {
    this.#count += 1;
    socket.once('close', () => {
      this.#count -= 1;
      this.#waiting = this.#waiting.filter((each) => !each.socket.destroyed);
      const next = this.#waiting.shift();
      if (next !== undefined) this.#enter(next);
    });
    enter();
  }

  /** Nobody else listens to it yet. */
  #hold(socket: Socket): void {
    socket.on('error', () => socket.destroy());
  }

  #leftAddress(address: string): void {
    const left = (this.#countByAddress.get(address) ?? 1) - 1;
    if (left > 0) this.#countByAddress.set(address, left);
    else this.#countByAddress.delete(address);
  }

  #limitOf(address: string): number {
    for (const item of (this.#config('max.connections.per.ip.overrides') ?? '').split(',')) {
      const at = item.lastIndexOf(':');
      if (at > 0 && item.slice(0, at).trim() === address) return Number(item.slice(at + 1));
    }
    return Number(this.#config('max.connections.per.ip') ?? NO_LIMIT);
  }

  #delayMs(address: string): number {
    const { clientQuotas } = this.#image;
    if (clientQuotas.size === 0) return 0;
    const of = (name: string | null) =>
      clientQuotas.get(quotaKey(new Map([['ip', name]])))?.values.get('connection_creation_rate');
    const bound = of(address) ?? of(null);
    if (bound === undefined) return 0;
    let rate = this.#rateByAddress.get(address);
    if (rate === undefined) {
      rate = new SampledRate(SAMPLES, SAMPLE_MS);
      this.#rateByAddress.set(address, rate);
    }
    const now = this.#now();
    rate.record(1, now);
    const delayMs = rate.delayMs(bound, now);
    // A connection that was not let in does not count.
    if (delayMs > 0) rate.record(-1, now);
    return delayMs;
  }
}
