import type { MessagePort } from 'node:worker_threads';
import type { MessageTests } from '../../../lib/contract/message-query.ts';
import type { Message, MessageEnd, MessageProgress } from '../../../lib/contract/messages.ts';
import type { Unspoken } from '../../../lib/contract/sentence.ts';
import type { SerdeName } from '../../../lib/contract/serdes.ts';
import type { ConnectionSettings } from '../../client/connection-settings.ts';
import type { Masking } from '../../masking/masking-rules.ts';
import type { SerdeSource } from '../../serdes/serde-source.ts';
import type { Unevaluated } from '../filter/unevaluated.ts';
import type { Positions, ReadingPlan } from '../reading-plan.ts';
import type { RecordGate } from '../record-gate.ts';
import type { StatisticsState } from '../statistics/statistics.ts';
import type { Packed, PackedFailure } from './transfer.ts';

/** Which broker leads each partition, by number; null: nobody. */
export interface Topology {
  readonly leaders: readonly (number | null)[];
  readonly exists: boolean;
}

/** What a thread is asked to search: plain data, so that it can be handed over. Never log it: it has the cluster's secrets. */
export interface ScanOrder {
  readonly cluster: { readonly id: string; readonly connection: ConnectionSettings };
  readonly topic: { readonly name: string; readonly topicId: string | null; readonly isNamed: boolean };
  readonly topology: Topology;
  readonly positions: Positions;
  readonly plan: Omit<ReadingPlan, 'missing'>;
  readonly missing: readonly (readonly [partition: number, PackedFailure])[];
  readonly gate: Omit<RecordGate, 'search' | 'matches'>;
  readonly tests: MessageTests;
  readonly serdes: { readonly source: SerdeSource; readonly key: SerdeName; readonly value: SerdeName };
  readonly masking: Masking | null;
  /** Messages are told, or only counted. */
  readonly sink: 'messages' | 'statistics';
  readonly limit: number;
  readonly follow: boolean;
  readonly inOrderOfTime: boolean;
  readonly maxBytes: number;
}

/** A scan before it is known who leads the partitions. */
export type ScanWish = Omit<ScanOrder, 'topology'>;

/** What is said to a thread. */
export interface ToThread {
  readonly kind: 'scan';
  /** Stands in the thread's shared state while a record is tested for it. */
  readonly serial: number;
  readonly order: ScanOrder;
  readonly port: MessagePort;
}

/** Of what a scan has said, so much was taken over. */
export interface Taken {
  readonly kind: 'taken';
  /** Messages, or reports of what was gathered. */
  readonly count: number;
  /** What the messages weigh. */
  readonly bytes?: number;
  /** Statistics: no hash from here on need be remembered to find repeats. */
  readonly repeatLimit?: number;
}

/** What is said to a scan, over its own port. */
export type ToScan = Taken | { readonly kind: 'topology'; readonly topology: Topology };

export interface PackedMessage {
  readonly timestamp: number;
  /** What it takes in memory, roughly. */
  readonly bytes: number;
  readonly message: Packed<Unspoken<Message>>;
}

interface Report {
  readonly unevaluated: Readonly<Unevaluated>;
  readonly progress: Packed<Unspoken<MessageProgress>>;
  /**
   * By partition, where to go on when the thread ends in the middle: the next `from`, or `until` newest first. Null: where the
   * order says.
   */
  readonly goOn: Readonly<Record<string, number>> | null;
}

export interface MessageReport extends Report {
  readonly kind: 'report';
  readonly messages: readonly PackedMessage[];
  /** No message that is still to come is probably older, or newer where the newest come first. */
  readonly timestamp: number;
}

export interface StatisticsReport extends Report {
  readonly kind: 'gathered';
  /** Of the messages since the report before. */
  readonly state: StatisticsState;
}

/** What a scan says. */
export type FromScan =
  | MessageReport
  | StatisticsReport
  | { readonly kind: 'look-again' }
  | {
      readonly kind: 'end';
      readonly end: Packed<Unspoken<MessageEnd>>;
      readonly failure: PackedFailure | null;
    };
