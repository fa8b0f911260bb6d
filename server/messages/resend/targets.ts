import { Failure } from '../../../lib/contract/failure.ts';
import type { Message } from '../../../lib/contract/messages.ts';
import { topicName } from '../../../lib/contract/names.ts';
import type { ResendBody } from '../../../lib/contract/resend.ts';
import type { MessageAddress } from '../../../lib/contract/sending.ts';
import type { Unspoken } from '../../../lib/contract/sentence.ts';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import type { Cluster } from '../../cluster.ts';
import { isCoveredBy, maskingFor } from '../../masking/masking-rules.ts';
import type { RecordToEncode } from '../../protocol/records/record-batch.ts';
import { asFailure } from '../../snapshot/read-problem.ts';
import { bytesOfPayload } from '../payload-bytes.ts';
import { PartitionChooser } from '../sending/partition-chooser.ts';
import { TopicView } from '../topic-view.ts';

/** The header that says where a message was sent again from. */
export const SOURCE_HEADER = 'kafdeck-source';

export interface Target {
  readonly topic: TopicView;
  readonly partition: number;
  readonly record: RecordToEncode;
}

interface TargetTopic {
  readonly topic: TopicView;
  readonly chooser: PartitionChooser;
}

/** Where messages are sent again, and as what. */
export class Targets {
  readonly #source: Cluster;
  readonly #cluster: Cluster;
  readonly #body: ResendBody;
  /** By source and target: whether all that is hidden here is hidden there. */
  readonly #covered = new Map<string, boolean>();
  readonly #topics = new Map<string, Promise<TargetTopic | Failure>>();

  constructor(source: Cluster, target: Cluster, body: ResendBody) {
    this.#source = source;
    this.#cluster = target;
    this.#body = body;
  }

  /** The cluster that they go to. */
  get cluster(): Cluster {
    return this.#cluster;
  }

  /** Throws `not_found` for the topic that the request names, `forbidden` where it would show what is masked. */
  async open(): Promise<void> {
    const { to, search, messages } = this.#body;
    if (to.topic === undefined) return;
    const found = await this.#find(to.topic);
    if (found instanceof Failure) throw found;
    if (to.topicHeader !== undefined) return;
    for (const topic of search?.topics ?? messages!.map((one) => one.topic))
      this.#refuseUncovered(topic, to.topic);
  }

  /** Whether rules hide something of a topic's messages. */
  isMasked(topic: string): boolean {
    return maskingFor(this.#source.masking, topic) !== null;
  }

  /** Throws why a message cannot be sent again: `invalid_request`, `not_found`, `forbidden`. */
  async of(source: MessageAddress, message: Unspoken<Message>, now: number): Promise<Target> {
    refuseParts(message);
    const name = this.#topicOf(message);
    this.#refuseUncovered(source.topic, name);
    const found = await this.#find(name);
    if (found instanceof Failure) throw found;
    const record = this.#record(source, message, now);
    return { topic: found.topic, partition: this.#partition(found, message, record.key), record };
  }

  #topicOf({ headers }: Unspoken<Message>): string {
    const { topic, topicHeader } = this.#body.to;
    if (topicHeader === undefined) return topic!;
    // Of several the last one counts, as Kafka's clients read them.
    const value = headers.findLast(({ key }) => key === topicHeader)?.value;
    if (value && topicName.safeParse(value.data).success && value.encoding === 'utf8') return value.data;
    if (value) throw new Failure('invalid_request', say('resend.badTopicName', { header: topicHeader }));
    if (topic !== undefined) return topic;
    throw new Failure('invalid_request', say('resend.noHeader', { header: topicHeader }));
  }

  /** What somebody may not read here he must not be able to read there either. */
  #refuseUncovered(source: string, target: string): void {
    const pair = `${source} ${target}`;
    let isCovered = this.#covered.get(pair);
    if (isCovered === undefined) {
      const there = maskingFor(this.#cluster.masking, target);
      isCovered = isCoveredBy(maskingFor(this.#source.masking, source), there);
      this.#covered.set(pair, isCovered);
    }
    if (isCovered) return;
    throw new Failure('forbidden', say('resend.masked', { source, target }), {
      action: say('resend.masked.do'),
    });
  }

  #find(name: string): Promise<TargetTopic | Failure> {
    let found = this.#topics.get(name);
    if (!found) {
      found = TopicView.open(this.#cluster, name, { partitions: [], field: 'to.topic' }).then(
        (topic) => ({ topic, chooser: new PartitionChooser(topic) }),
        (error: unknown) => asFailure(error),
      );
      this.#topics.set(name, found);
    }
    return found;
  }

  #partition({ topic, chooser }: TargetTopic, { partition }: Unspoken<Message>, key: Buffer | null): number {
    if (!this.#body.keep.partition) return chooser.choose(key);
    if (partition < topic.partitionCount) return partition;
    throw new Failure(
      'not_found',
      say('partition.beyond', { topic: topic.name, partition, last: topic.partitionCount - 1 }),
    );
  }

  #record(source: MessageAddress, { key, value, headers, timestamp }: Unspoken<Message>, now: number) {
    const { keep, source: tellsSource } = this.#body;
    const kept = keep.headers
      ? headers.map((header) => ({ key: header.key, value: bytesOfPayload(header.value) }))
      : [];
    const told = tellsSource ? [{ key: SOURCE_HEADER, value: Buffer.from(addressText(source)) }] : [];
    return {
      key: keep.key ? bytesOfPayload(key) : null,
      value: bytesOfPayload(value),
      headers: [...kept, ...told],
      timestamp: keep.timestamp ? (timestamp === null ? -1 : Date.parse(timestamp)) : now,
    };
  }
}

function addressText({ topic, partition, offset }: MessageAddress): string {
  return `${topic}-${partition}@${offset}`;
}

/** Parts of a message are no message. */
function refuseParts(message: Unspoken<Message>): void {
  if (partsOf(message).some((part) => part?.isTruncated)) {
    throw new Failure('payload_too_large', say('resend.cut'));
  }
}

function partsOf({ key, value, headers }: Unspoken<Message>) {
  return [key, value, ...headers.map((header) => header.value)];
}
