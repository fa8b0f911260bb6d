import { Failure } from '../../lib/contract/failure.ts';
import type { Sentence } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { BrokerConnection, type ConnectionOptions } from './kafkajs-connection.ts';

export type Purpose = 'admin' | 'data';

/** Connections to one address, by purpose, opened as they are needed. */
const MOST: Record<Purpose, number> = { admin: 4, data: 8 };
/** A connection whose oldest request waits for longer than this is passed over for a new one. */
const BUSY_AFTER_MS: Record<Purpose, number> = { admin: 250, data: 0 };
const IDLE_CLOSE_MS = 60_000;
/** After a failed attempt others fail at once for this long, doubling up to a limit: a dead broker costs nothing. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = { refused: 1000, silent: 5000 };

interface Slot {
  readonly connection: BrokerConnection;
  /** Requests that have been given the connection and are not through. */
  users: number;
}

export class BrokerConnections {
  readonly #options: ConnectionOptions;
  readonly #slots: Record<Purpose, Slot[]> = { admin: [], data: [] };
  readonly #opening: Partial<Record<Purpose, Promise<Slot>>> = {};
  #pause: { failure: Failure; until: number; length: number } | undefined;
  #slowUntil = 0;
  #closed = false;

  /** How the broker is called in messages. */
  label: Sentence;

  constructor(label: Sentence, options: Omit<ConnectionOptions, 'label'>) {
    this.label = label;
    this.#options = { ...options, label: () => this.label };
  }

  /** Remembers for a while that another broker had to be asked because this one was slow. */
  noteSlow(): void {
    this.#slowUntil = Date.now() + SLOW_REMEMBERED_MS;
  }

  /** True when an attempt to connect has just failed, when it was slow lately, or requests wait for long. */
  get isSuspect(): boolean {
    if (this.#pause && Date.now() < this.#pause.until) return true;
    if (Date.now() < this.#slowUntil) return true;
    return this.#slots.admin.some(({ connection }) => connection.waitingMs > SUSPECT_AFTER_MS);
  }

  /** Runs `work` with the least busy connection. Throws a Failure when none can be had. */
  async use<T>(purpose: Purpose, work: (connection: BrokerConnection) => Promise<T>): Promise<T> {
    const slot = await this.#pick(purpose);
    try {
      return await work(slot.connection);
    } finally {
      slot.users -= 1;
    }
  }

  /** Closes connections that nobody has used for a while, and those whose answers never came. */
  sweep(stuckAfterMs: number): void {
    for (const slots of Object.values(this.#slots)) {
      for (const { connection, users } of slots) {
        const idle = users === 0 && Date.now() - connection.lastUsedAt > IDLE_CLOSE_MS;
        if ((idle && connection.unansweredCount === 0) || connection.waitingMs > stuckAfterMs)
          connection.close();
      }
    }
    for (const purpose of ['admin', 'data'] as const) this.#dropUnusable(purpose);
  }

  close(): void {
    this.#closed = true;
    for (const slots of Object.values(this.#slots)) for (const { connection } of slots) connection.close();
  }

  async #pick(purpose: Purpose): Promise<Slot> {
    for (;;) {
      if (this.#closed) throw new Failure('unavailable', say('link.brokerIsClosed', { broker: this.label }));
      this.#dropUnusable(purpose);
      const slots = this.#slots[purpose];
      const best = slots.reduce<Slot | undefined>(
        (least, slot) => (least && loadOf(least) <= loadOf(slot) ? least : slot),
        undefined,
      );
      const isFree = best && (loadOf(best) === 0 || best.connection.waitingMs < BUSY_AFTER_MS[purpose]);
      if (best && (isFree || slots.length >= MOST[purpose] || this.#isPausing())) {
        best.users += 1;
        return best;
      }
      if (this.#pause && this.#isPausing()) throw this.#pause.failure;
      this.#opening[purpose] ??= this.#open(purpose).finally(() => {
        this.#opening[purpose] = undefined;
      });
      await this.#opening[purpose];
    }
  }

  #isPausing(): boolean {
    return this.#pause !== undefined && Date.now() < this.#pause.until;
  }

  async #open(purpose: Purpose): Promise<Slot> {
    try {
      const connection = await BrokerConnection.open(this.#options);
      if (this.#closed) {
        connection.close();
        throw new Failure('unavailable', say('link.brokerIsClosed', { broker: this.label }));
      }
      this.#pause = undefined;
      const slot: Slot = { connection, users: 0 };
      this.#slots[purpose].push(slot);
      return slot;
    } catch (error) {
      const failure = error as Failure;
      const isSilent = failure.code === 'broker_timeout' || failure.message.includes('no answer');
      const longest = isSilent ? LONGEST_PAUSE_MS.silent : LONGEST_PAUSE_MS.refused;
      const length = Math.min(longest, this.#pause ? this.#pause.length * 2 : FIRST_PAUSE_MS);
      this.#pause = { failure, until: Date.now() + length, length };
      throw failure;
    }
  }

  #dropUnusable(purpose: Purpose): void {
    const slots = this.#slots[purpose];
    if (slots.every(({ connection }) => connection.isUsable)) return;
    for (const { connection } of slots) if (!connection.isUsable) connection.close();
    this.#slots[purpose] = slots.filter(({ connection }) => connection.isUsable);
  }
}

const SUSPECT_AFTER_MS = 1500;
const SLOW_REMEMBERED_MS = 15_000;

function loadOf({ connection, users }: Slot): number {
  return Math.max(users, connection.unansweredCount);
}
