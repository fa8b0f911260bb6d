import { SchemaNeeded } from '../../serdes/serde.ts';
import type { MessageParts } from '../message-parts.ts';
import type { ScannedRecord } from '../scanned-record.ts';
import { Statistics } from '../statistics/statistics.ts';
import type { TopicReading } from '../topic-reading.ts';
import type { FromScan, Taken } from './order.ts';
import type { Sink } from './sink.ts';
import { pack } from './transfer.ts';

const REPORT_EVERY_MS = 250;

/**
 * Counts the messages instead of telling them. What was gathered since the last report goes with the offsets that it was gathered
 * up to, so that whoever goes on from there counts nothing twice. Nothing has to wait for the other thread: until it has taken a
 * report over, more is gathered for the next.
 */
export class StatisticsSink implements Sink {
  readonly #reading: TopicReading;
  readonly #parts: MessageParts;
  readonly #say: (told: FromScan) => void;
  readonly #during: (look: () => void) => void;
  #gathered: Statistics;
  #isTaken = true;

  /** @param during runs what looks at one record, so that it is seen when it does not end */
  constructor(
    reading: TopicReading,
    parts: MessageParts,
    say: (told: FromScan) => void,
    during: (look: () => void) => void,
  ) {
    this.#reading = reading;
    this.#parts = parts;
    this.#say = say;
    this.#during = during;
    this.#gathered = this.#nothing();
  }

  async run(signal: AbortSignal): Promise<void> {
    const timer = setInterval(() => this.#isTaken && this.#report(), REPORT_EVERY_MS);
    try {
      await this.#reading.takeEach((partition, record) => this.#take(partition, record), signal);
    } finally {
      clearInterval(timer);
      this.#report();
    }
  }

  hear({ repeatLimit }: Taken): void {
    this.#isTaken = true;
    if (repeatLimit !== undefined) this.#gathered.lowerRepeatLimit(repeatLimit);
  }

  #take(partition: number, record: ScannedRecord): Promise<void> | undefined {
    try {
      this.#during(() => this.#gathered.add(this.#parts.tested(partition, record), record));
      return undefined;
    } catch (error) {
      if (!(error instanceof SchemaNeeded)) throw error;
      return error.ready.then(() => this.#take(partition, record));
    }
  }

  #report(): void {
    const { state } = this.#gathered;
    const { goOn, unevaluated } = this.#reading;
    this.#isTaken = false;
    this.#say({ kind: 'gathered', state, unevaluated, progress: pack(this.#reading.progress()), goOn });
    this.#gathered = this.#nothing();
  }

  #nothing(): Statistics {
    const repeatLimit = this.#gathered?.repeatLimit;
    return new Statistics({ hides: (part, path) => this.#parts.hidesField(part, path), repeatLimit });
  }
}
