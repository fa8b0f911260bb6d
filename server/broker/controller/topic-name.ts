const MAX_LENGTH = 249;
const LEGAL = /^[a-zA-Z0-9._-]+$/;

/** Null for a name that a topic may have, else what Kafka says to it. */
export function problemWithTopicName(name: string): string | null {
  const reason = illegality(name);
  return reason === null ? null : `Topic name is invalid: ${reason}`;
}

/** Names that differ only in `.` and `_` share a metric name, and Kafka allows one of them. */
export function collisionKey(name: string): string {
  return name.replaceAll('.', '_');
}

function illegality(name: string): string | null {
  if (name === '') return 'the empty string is not allowed';
  if (name === '.') return "'.' is not allowed";
  if (name === '..') return "'..' is not allowed";
  if (name.length > MAX_LENGTH) {
    return `the length of '${name}' is longer than the max allowed length ${MAX_LENGTH}`;
  }
  if (!LEGAL.test(name)) {
    return `'${name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'`;
  }
  return null;
}
