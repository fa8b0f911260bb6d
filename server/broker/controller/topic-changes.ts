import { randomBytes } from 'node:crypto';
import { ERROR } from '../../protocol/errors.ts';
import { type ControllerState, canLead } from './controller-state.ts';
import type { PartitionImage, TopicImage } from './metadata-image.ts';
import type { StoredRecord } from './metadata-records.ts';
import { DONE, type Outcome, refused } from './outcome.ts';
import { placeReplicas } from './placement.ts';
import { problemWithRecordTotal } from './request-bounds.ts';
import type { Admission, CreatePartitions, CreateTopic, CreateTopicOutcome } from './requests.ts';
import { collisionKey, problemWithTopicName } from './topic-name.ts';

/** Replicas by partition, or why they can't be had. */
type Assignment = readonly (readonly number[])[] | Outcome;

/** See Controller.createTopic. */
export function createTopic(state: ControllerState, request: CreateTopic): CreateTopicOutcome {
  const problem = problemWithName(state, request.name) ?? problemWithConfigs(state, request.configs);
  if (problem !== null) return { ...problem, topic: null };
  const assignment =
    request.assignment === null ? placedAnew(state, request) : givenAssignment(state, request);
  if ('errorCode' in assignment) return { ...assignment, topic: null };
  const partitions: PartitionImage[] = [];
  for (const [number, replicas] of assignment.entries()) {
    const partition = newPartition(state, number, replicas, request.assignment !== null);
    if ('errorCode' in partition) return { ...partition, topic: null };
    partitions.push(partition);
  }
  const refusal = request.admit?.(partitions.length) ?? null;
  if (refusal !== null) return { ...refusal, topic: null };
  const topic: TopicImage = { name: request.name, id: newTopicId(), partitions };
  if (request.validateOnly !== true) {
    const configs = [...request.configs].map(
      ([key, value]): StoredRecord => ({ type: 'config', resource: 'topic', name: topic.name, key, value }),
    );
    state.commit([{ type: 'topic', topic }, ...configs]);
  }
  return { ...DONE, topic };
}

/** See Controller.deleteTopic. */
export function deleteTopic(state: ControllerState, name: string, admit?: Admission): Outcome {
  const topic = state.image.topic(name);
  if (topic === undefined) return refused(ERROR.UNKNOWN_TOPIC_OR_PARTITION, null);
  const refusal = admit?.(topic.partitions.length) ?? null;
  if (refusal !== null) return refusal;
  state.commit([{ type: 'topic-removed', name }]);
  return DONE;
}

/** See Controller.createPartitions. */
export function createPartitions(state: ControllerState, request: CreatePartitions): Outcome {
  const topic = state.image.topic(request.topic);
  if (topic === undefined) return refused(ERROR.UNKNOWN_TOPIC_OR_PARTITION, null);
  const present = topic.partitions.length;
  if (request.count === present) {
    return refused(ERROR.INVALID_PARTITIONS, `Topic already has ${present} partition(s).`);
  }
  if (request.count < present) {
    return refused(
      ERROR.INVALID_PARTITIONS,
      `The topic ${topic.name} currently has ${present} partition(s); ${request.count} would not be an increase.`,
    );
  }
  const added = request.count - present;
  const given = request.assignment;
  if (given !== null && given.length !== added) {
    return refused(
      ERROR.INVALID_REPLICA_ASSIGNMENT,
      `Attempted to add ${added} additional partition(s), but only ${given.length} assignment(s) were specified.`,
    );
  }
  const excess = problemWithRecordTotal(added);
  if (excess !== null) return excess;
  const replicationFactor = topic.partitions[0]?.replicas.length ?? 1;
  const assignment =
    given === null
      ? place(state, added, replicationFactor)
      : (problemWithAll(state, given, replicationFactor) ?? given);
  if ('errorCode' in assignment) return assignment;
  const records: StoredRecord[] = [];
  for (const [index, replicas] of assignment.entries()) {
    const partition = newPartition(state, present + index, replicas, given !== null);
    if ('errorCode' in partition) return partition;
    records.push({ type: 'partition', topic: topic.name, partition });
  }
  const refusal = request.admit?.(added) ?? null;
  if (refusal !== null) return refusal;
  if (request.validateOnly !== true) state.commit(records);
  return DONE;
}

/** What is wrong with a list of replicas given by hand; null when nothing is. */
export function problemWithReplicas(
  state: ControllerState,
  replicas: readonly number[],
  replicationFactor?: number,
): Outcome | null {
  const bad = (message: string) => refused(ERROR.INVALID_REPLICA_ASSIGNMENT, message);
  const subject = 'The manual partition assignment includes';
  if (replicas.length === 0) return bad(`${subject} an empty replica list.`);
  const sorted = replicas.toSorted((a, b) => a - b);
  for (const [index, id] of sorted.entries()) {
    if (!state.image.brokers.has(id))
      return bad(`${subject} broker ${id}, but no such broker is registered.`);
    if (id === sorted[index - 1]) return bad(`${subject} the broker ${id} more than once.`);
  }
  if (replicationFactor !== undefined && replicas.length !== replicationFactor) {
    return bad(
      `${subject} a partition with ${replicas.length} replica(s), but this is not consistent with previous partitions, which have ${replicationFactor} replica(s).`,
    );
  }
  return null;
}

function problemWithName({ image }: ControllerState, name: string): Outcome | null {
  const illegal = problemWithTopicName(name);
  if (illegal !== null) return refused(ERROR.INVALID_TOPIC_EXCEPTION, illegal);
  if (image.topic(name) !== undefined) {
    return refused(ERROR.TOPIC_ALREADY_EXISTS, `Topic '${name}' already exists.`);
  }
  const twin = image.topicNamedLike(collisionKey(name));
  if (twin === undefined) return null;
  return refused(ERROR.INVALID_TOPIC_EXCEPTION, `Topic '${name}' collides with existing topic: ${twin}`);
}

function problemWithConfigs(
  { rules }: ControllerState,
  configs: ReadonlyMap<string, string | null>,
): Outcome | null {
  for (const [name, value] of configs) {
    if (value === null) {
      return refused(ERROR.INVALID_CONFIG, `Null value not supported for topic configs: ${name}`);
    }
    const problem = rules.problemWith('topic', name, value);
    if (problem !== null) return refused(ERROR.INVALID_CONFIG, problem);
  }
  return null;
}

function placedAnew(state: ControllerState, request: CreateTopic): Assignment {
  if (request.replicationFactor < -1 || request.replicationFactor === 0) {
    return refused(
      ERROR.INVALID_REPLICATION_FACTOR,
      'Replication factor must be larger than 0, or -1 to use the default value.',
    );
  }
  if (request.partitionCount < -1 || request.partitionCount === 0) {
    return refused(
      ERROR.INVALID_PARTITIONS,
      'Number of partitions was set to an invalid non-positive value.',
    );
  }
  const brokerDefault = (name: string) =>
    Number(state.image.brokerConfigs('').get(name) ?? state.rules.inherited('broker', name) ?? 1);
  return place(
    state,
    request.partitionCount === -1 ? brokerDefault('num.partitions') : request.partitionCount,
    request.replicationFactor === -1
      ? brokerDefault('default.replication.factor')
      : request.replicationFactor,
  );
}

function givenAssignment(state: ControllerState, request: CreateTopic): Assignment {
  const assignment = request.assignment ?? new Map();
  if (request.replicationFactor !== -1) {
    return refused(
      ERROR.INVALID_REQUEST,
      'A manual partition assignment was specified, but replication factor was not set to -1.',
    );
  }
  if (request.partitionCount !== -1) {
    return refused(
      ERROR.INVALID_REQUEST,
      'A manual partition assignment was specified, but numPartitions was not set to -1.',
    );
  }
  const replicas = Array.from({ length: assignment.size }, (_, number) => assignment.get(number));
  if (replicas.includes(undefined)) {
    return refused(
      ERROR.INVALID_REPLICA_ASSIGNMENT,
      'partitions should be a consecutive 0-based integer sequence',
    );
  }
  return problemWithAll(state, replicas, replicas[0]?.length) ?? replicas;
}

function problemWithAll(
  state: ControllerState,
  assignment: readonly (readonly number[])[],
  replicationFactor: number | undefined,
): Outcome | null {
  for (const replicas of assignment) {
    const problem = problemWithReplicas(state, replicas, replicationFactor);
    if (problem !== null) return problem;
  }
  return null;
}

function place(state: ControllerState, partitionCount: number, replicationFactor: number): Assignment {
  const brokers = [...state.image.brokers.values()].map((broker) => ({
    ...broker,
    fenced: !canLead(state.image, broker.id),
  }));
  const unable = (reason: string) =>
    refused(
      ERROR.INVALID_REPLICATION_FACTOR,
      `Unable to replicate the partition ${replicationFactor} time(s): ${reason}`,
    );
  if (replicationFactor > brokers.length) {
    return unable(
      `The target replication factor of ${replicationFactor} cannot be reached because only ${brokers.length} broker(s) are registered or some brokers have all their log directories cordoned.`,
    );
  }
  if (brokers.every((broker) => broker.fenced)) {
    return unable('All brokers are currently fenced or in controlled shutdown.');
  }
  return placeReplicas(brokers, partitionCount, replicationFactor, state.random);
}

function newPartition(
  { image }: ControllerState,
  partition: number,
  replicas: readonly number[],
  givenByHand: boolean,
): PartitionImage | Outcome {
  const isr = replicas.filter((id) => canLead(image, id));
  const leader = isr[0];
  if (leader === undefined) {
    return givenByHand
      ? refused(
          ERROR.INVALID_REPLICA_ASSIGNMENT,
          `All brokers specified in the manual partition assignment for partition ${partition} are fenced or in controlled shutdown.`,
        )
      : refused(
          ERROR.INVALID_REPLICATION_FACTOR,
          `Unable to replicate the partition ${replicas.length} time(s): All brokers are currently fenced or in controlled shutdown.`,
        );
  }
  return {
    partition,
    replicas,
    isr,
    elr: [],
    lastKnownElr: [],
    addingReplicas: [],
    removingReplicas: [],
    leader,
    leaderEpoch: 0,
    partitionEpoch: 0,
  };
}

/** A random UUID, printed as Kafka does; never one that starts with a dash, which command lines take for an option. */
function newTopicId(): string {
  for (;;) {
    const bytes = randomBytes(16);
    bytes[6] = (bytes[6]! & 0x0f) | 0x40;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    const id = bytes.toString('base64url');
    if (!id.startsWith('-')) return id;
  }
}
