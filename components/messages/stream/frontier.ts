import type { MessageLine, MessageProgress } from '../../../lib/contract/messages.ts';
import type { Reading } from '../search/reading.ts';

type Direction = NonNullable<Reading['order']>;
export type Side = 'older' | 'newer';

/** The next offset to be read of a partition, or read backwards the one that reading is done down to. */
export interface Edge {
  topic?: string;
  partition: number;
  offset: number;
}

/** Offsets that lie beyond what was read, by the last the server told of the logs; null while that is not known. */
export type Unread = Record<Side, number | null>;

const keyOf = (topic: string | undefined, partition: number | string) => `${topic ?? ''}/${partition}`;

/**
 * How far each partition was read, at both ends, from the lines of one or several readings that go on from one another:
 * so that a reading can be gone on with either way, also one that broke off before it could say where.
 */
export class Frontier {
  private readonly edges: Record<Side, Map<string, Edge>> = { older: new Map(), newer: new Map() };
  private direction: Direction = 'oldest';

  /** Another reading begins; `keep` where it goes on from what was read. */
  begin(direction: Direction, keep: boolean): void {
    this.direction = direction;
    if (keep) return;
    this.edges.older.clear();
    this.edges.newer.clear();
  }

  take(line: MessageLine): void {
    if (line.type === 'message') {
      this.move(line.topic, line.partition, line.offset + (this.side === 'newer' ? 1 : 0));
    } else if (line.type === 'progress') {
      const behind = this.edges[this.side === 'newer' ? 'older' : 'newer'];
      for (const { topic, partition, position } of line.partitions) {
        const key = keyOf(topic, partition);
        // Where the first of the lines stands is where the reading began.
        if (!behind.has(key)) behind.set(key, { topic, partition, offset: position });
        this.move(topic, partition, position);
      }
    } else {
      const next = this.side === 'newer' ? line.nextFrom : (line.nextUntil ?? {});
      for (const [partition, offset] of Object.entries(next)) this.move(undefined, Number(partition), offset);
      for (const [topic, offsets] of Object.entries(line.next ?? {})) {
        for (const [partition, offset] of Object.entries(offsets))
          this.move(topic, Number(partition), offset);
      }
    }
  }

  /** Where to go on with on that side; empty while nothing is known. */
  edgesOf(side: Side): Edge[] {
    return [...this.edges[side].values()];
  }

  /** How much lies beyond, in the logs as they were when the line was written. */
  unread({ partitions, remaining }: MessageProgress): Unread {
    const unread: Unread = { older: null, newer: null };
    for (const { topic, partition, logStartOffset, logEndOffset } of partitions) {
      const key = keyOf(topic, partition);
      const older = this.edges.older.get(key)?.offset;
      const newer = this.edges.newer.get(key)?.offset;
      if (older !== undefined) unread.older = (unread.older ?? 0) + Math.max(0, older - logStartOffset);
      if (newer !== undefined) unread.newer = (unread.newer ?? 0) + Math.max(0, logEndOffset - newer);
    }
    // A reading may end before the log does, which only the server knows.
    if (remaining !== null) unread[this.side] = remaining;
    return unread;
  }

  private get side(): Side {
    return this.direction === 'oldest' ? 'newer' : 'older';
  }

  private move(topic: string | undefined, partition: number, offset: number): void {
    const edges = this.edges[this.side];
    const key = keyOf(topic, partition);
    const known = edges.get(key)?.offset;
    const further = this.side === 'newer' ? Math.max : Math.min;
    edges.set(key, { topic, partition, offset: known === undefined ? offset : further(known, offset) });
  }
}
