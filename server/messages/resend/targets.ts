import { Failure } from '../../../lib/contract/failure.ts';
import type { Message } from '../../../lib/contract/messages.ts';
import { topicName } from '../../../lib/contract/names.ts';
import type { ResendBody } from '../../../lib/contract/resend.ts';
import type { MessageAddress } from '../../../lib/contract/sending.ts';
import type { Unspoken } from '../../../lib/contract/sentence.ts';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import type { Cluster } from '../../cluster.ts';
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
  readonly #cluster: Cluster;
  readonly #body: ResendBody;
  readonly #topics = new Map<string, Promise<TargetTopic | Failure>>();

  constructor(cluster: Cluster, body: ResendBody) {
    this.#cluster = cluster;
    this.#body = body;
  }

  /** The cluster that they go to. */
  get cluster(): Cluster {
    return this.#cluster;
  }

  /** Throws `not_found` for the topic that the request names. */
  async open(): Promise<void> {
    const { topic } = this.#body.to;
    if (topic === undefined) return;
    const found = await this.#find(topic);
    if (found instanceof Failure) throw found;
  }

  /** Throws why a message cannot be sent again: `invalid_request`, `not_found`, `forbidden`. */
  async of(source: MessageAddress, message: Unspoken<Message>, now: number): Promise<Target> {
    refuseParts(message);
    const name = this.#topicOf(message);
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

/** Throws when a rule has hidden something: whoever may not see it may not send it elsewhere either. */
export function refuseMasked(message: Unspoken<Message>): void {
  if (!partsOf(message).some((part) => part?.decoded?.isMasked)) return;
  throw new Failure('forbidden', say('resend.masked'), { action: say('resend.masked.do') });
}

function partsOf({ key, value, headers }: Unspoken<Message>) {
  return [key, value, ...headers.map((header) => header.value)];
}
