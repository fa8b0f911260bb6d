import type { Serde } from '../serde.ts';
import { connectSerdes } from './connect.ts';
import { kafkaRecordSerdes } from './kafka-records.ts';
import { mirrorMakerSerdes } from './mirror-maker.ts';

/** What Kafka, MirrorMaker 2 and Connect keep in topics of their own, by the names of the serdes. */
export const internalSerdes: ReadonlyMap<string, Serde> = new Map(
  [...kafkaRecordSerdes, ...mirrorMakerSerdes, ...connectSerdes].map((serde) => [serde.name, serde]),
);
