/** The topic id that stands for none. */
export const ZERO_ID = 'AAAAAAAAAAAAAAAAAAAAAA';

export function isZeroId(id: string): boolean {
  return id === ZERO_ID;
}

const MAX_NAME_LENGTH = 249;

/** Null for a name that a topic may have, else Kafka's words for INVALID_TOPIC_EXCEPTION. */
export function problemWithTopicName(name: string): string | null {
  if (name === '') return 'Topic name is invalid: the empty string is not allowed';
  if (name === '.' || name === '..') return `Topic name is invalid: '${name}' is not allowed`;
  if (name.length > MAX_NAME_LENGTH) {
    return `Topic name is invalid: the length of '${name}' is longer than the max allowed length ${MAX_NAME_LENGTH}`;
  }
  if (/^[a-zA-Z0-9._-]+$/.test(name)) return null;
  return `Topic name is invalid: '${name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'`;
}
