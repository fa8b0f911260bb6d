import type { Message, Payload } from '../../../lib/contract/messages.ts';
import { payloadText, shownPayload } from '../payload-bytes.ts';
import { type FieldPath, parseFieldPath } from './field-path.ts';
import { findInJson, type JsonFinding } from './json-field.ts';

/** Found once for each message and path: a table asks again whenever it is drawn or sorted. */
const found = new WeakMap<Message, Map<string, JsonFinding>>();

/** What stands at a path of a message, as it is shown. */
export function messageField(message: Message, path: string): JsonFinding {
  let known = found.get(message);
  if (!known) {
    known = new Map();
    found.set(message, known);
  }
  const before = known.get(path);
  if (before !== undefined) return before;
  const parsed = parseFieldPath(path);
  const finding = parsed ? find(message, parsed) : 'absent';
  known.set(path, finding);
  return finding;
}

function find(message: Message, { root, steps }: FieldPath): JsonFinding {
  if (root === 'headers') {
    const [name, ...rest] = steps;
    if (rest.length > 0) return 'absent';
    // Of headers with one name the last counts, as for Kafka's clients (`lastHeader`).
    const header = message.headers.findLast((each) => each.key === name);
    if (!header) return 'absent';
    if (header.value === null) return { kind: 'literal', text: 'null' };
    return { kind: 'string', text: payloadText(header.value) };
  }
  const payload: Payload | null = message[root];
  if (payload === null) return 'absent';
  const { text, isJson, isCut } = shownPayload(payload);
  if (text === null) return 'absent';
  if (steps.length === 0) return { kind: 'string', text };
  if (!isJson) return 'absent';
  const finding = findInJson(text, steps);
  return finding === 'cut' && !isCut ? 'absent' : finding;
}
