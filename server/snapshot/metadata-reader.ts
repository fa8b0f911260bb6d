import { spoken } from '../../lib/contract/sentence.ts';
import type { ClusterClient } from '../client/cluster-client.ts';
import { kafkaFailure } from '../client/kafka-failure.ts';
import { decodeAnswer } from '../client/kafkajs-connection.ts';
import { encode } from '../protocol/codec.ts';
import { ERROR } from '../protocol/errors.ts';
import {
  type MetadataResponse,
  type MetadataResponseBroker,
  metadataApi,
} from '../protocol/messages/metadata.ts';
import type { TopicIndex } from './topic-index.ts';
import { topicsFromMetadata } from './topics-from-metadata.ts';

export interface ReadMetadata {
  readonly clusterId: string | null;
  /** As the answer names it; in KRaft mode any broker. */
  readonly controllerId: number;
  readonly brokers: readonly MetadataResponseBroker[];
  readonly topics: TopicIndex;
}

/** Reads brokers and topics, and decodes an answer only when its bytes differ from the last one's. */
export class MetadataReader {
  readonly #client: ClusterClient;
  #last: { payload: Buffer; version: number; controllerAt: number; read: ReadMetadata } | undefined;

  constructor(client: ClusterClient) {
    this.#client = client;
  }

  /** Gives the same `topics` object as before when no topic changed. Throws a Failure. */
  async read(timeoutMs: number): Promise<ReadMetadata> {
    const { payload, version } = await this.#client.sendRaw(
      metadataApi,
      // In version 0 an empty list means all topics, from 1 on null does.
      (offered) => ({ topics: offered === 0 ? [] : null, allowAutoTopicCreation: false }),
      { to: 'any', timeoutMs },
    );
    const last = this.#last;
    if (last && last.version === version && isSameAnswer(last.payload, payload, last.controllerAt)) {
      return last.read;
    }
    const answer = decodeAnswer(metadataApi, version, payload);
    if (answer.errorCode !== ERROR.NONE) throw kafkaFailure(answer.errorCode, spoken('Metadata'));
    const read: ReadMetadata = {
      clusterId: answer.clusterId,
      controllerId: answer.controllerId,
      brokers: answer.brokers,
      topics: topicsFromMetadata(answer.topics, last?.read.topics),
    };
    this.#last = { payload, version, controllerAt: controllerOffset(answer, version), read };
    this.#client.learn(
      answer.brokers.map(({ nodeId, host, port }) => ({ id: nodeId, host, port })),
      answer.controllerId,
    );
    return read;
  }
}

const INT32_BYTES = 4;

/**
 * Where in an answer the controller's id stands. A KRaft broker names another broker there each time (KIP-590), which
 * changes nothing: any of them passes requests on to the controller.
 */
function controllerOffset(answer: MetadataResponse, version: number): number {
  const head = { ...answer, topics: [] };
  const reserved = version >= metadataApi.flexibleVersion ? 1 : 0;
  const one = encode(metadataApi.response, version, { ...head, controllerId: 0 }, reserved);
  const other = encode(metadataApi.response, version, { ...head, controllerId: -1 }, reserved);
  const at = one.findIndex((byte, index) => index >= reserved && byte !== other[index]);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

function isSameAnswer(before: Buffer, now: Buffer, controllerAt: number): boolean {
  if (before.length !== now.length) return false;
  if (controllerAt > now.length) return before.equals(now);
  const after = controllerAt + INT32_BYTES;
  return (
    before.compare(now, 0, controllerAt, 0, controllerAt) === 0 &&
    before.compare(now, after, undefined, after) === 0
  );
}
