import { randomBytes } from 'node:crypto';

/** An id as Kafka gives them out: 22 characters, and none that a command line would take for an option. */
export function randomId(): string {
  for (;;) {
    const id = randomBytes(16).toString('base64url');
    if (!id.startsWith('-')) return id;
  }
}
