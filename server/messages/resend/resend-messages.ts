import { Failure } from '../../../lib/contract/failure.ts';
import type { ResendBody } from '../../../lib/contract/resend.ts';
import type { SendingLine } from '../../../lib/contract/sending.ts';
import type { Unspoken } from '../../../lib/contract/sentence.ts';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import type { Cluster } from '../../cluster.ts';
import type { Registry } from '../../registry.ts';
import { asFailure } from '../../snapshot/read-problem.ts';
import { Sending, type SendingItem, type SendingNote, type SendingSource } from '../sending/sending.ts';
import { openSelection, type Selected, type Selection } from './selection.ts';
import { Targets } from './targets.ts';

/**
 * Sends messages again, with exactly their bytes: those that a search finds, or those that are named. Each partition's
 * messages go in order, each once; a message that cannot be sent is told and left out. Throws what is wrong with the request
 * before anything is sent: `not_found` for a cluster or topic, `invalid_request` with the field.
 */
export async function resendMessages(
  cluster: Cluster,
  clusters: Registry['clusters'],
  body: ResendBody,
  { signal, note }: { signal: AbortSignal; note: (note: SendingNote) => void },
): Promise<AsyncIterable<Unspoken<SendingLine>>> {
  const stop = new AbortController();
  const targets = new Targets(cluster, await targetCluster(cluster, clusters, body), body);
  await targets.open();
  const selection = await openSelection(cluster, body, AbortSignal.any([signal, stop.signal]));
  return Sending.begin(targets.cluster.client, new Resending(selection, targets, body, stop), {
    subject: say('resend.subject'),
    signal,
    note,
  });
}

/** The cluster that a request sends to. Throws `not_found`, and why it cannot be used. */
export async function targetCluster(
  source: Cluster,
  clusters: Registry['clusters'],
  { to }: ResendBody,
): Promise<Cluster> {
  if (to.cluster === undefined || to.cluster === source.id) return source;
  const entry = clusters.get(to.cluster);
  if (entry) return entry.ready();
  const message = say('api.unknownCluster', { cluster: to.cluster });
  throw new Failure('not_found', message, {
    action: say('api.unknownCluster.do'),
    fields: [{ field: 'to.cluster', message }],
  });
}

class Resending implements SendingSource {
  readonly total: number | null;
  readonly settledBefore = 0;
  readonly #selection: Selection;
  readonly #targets: Targets;
  readonly #body: ResendBody;
  readonly #stop: AbortController;
  #isLimited = false;

  constructor(selection: Selection, targets: Targets, body: ResendBody, stop: AbortController) {
    this.#selection = selection;
    this.#targets = targets;
    this.#body = body;
    this.#stop = stop;
    this.total = body.messages?.length ?? body.max ?? null;
  }

  async *items(signal: AbortSignal): AsyncGenerator<SendingItem, void> {
    signal.addEventListener('abort', () => this.#stop.abort(), { once: true });
    const { max = Number.POSITIVE_INFINITY } = this.#body;
    let count = 0;
    for await (const selected of this.#selection.items()) {
      if (selected.kind === 'progress') continue;
      yield await this.#itemOf(selected);
      count += 1;
      if (count < max) continue;
      this.#isLimited = true;
      return;
    }
  }

  scan() {
    return this.#selection.scan();
  }

  problems() {
    return this.#selection.problems();
  }

  isLimited() {
    return this.#isLimited && this.#selection.rest() !== null;
  }

  next() {
    const rest = this.#selection.rest();
    return rest ? { request: { ...this.#body, ...rest } } : undefined;
  }

  async #itemOf(selected: Exclude<Selected, { kind: 'progress' }>): Promise<SendingItem> {
    if (selected.kind === 'missing') {
      return { origin: { source: selected.source }, refused: selected.failure };
    }
    const { topic, message } = selected;
    const source = { topic, partition: message.partition, offset: message.offset };
    try {
      const target = await this.#targets.of(source, message, Date.now());
      return { origin: { source }, ...target, compression: message.compression };
    } catch (error) {
      return { origin: { source }, refused: asFailure(error) };
    }
  }
}
