import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** One change, done or refused. */
export interface AuditEntry {
  /** When it was asked for, ISO 8601. */
  time: string;
  principal: string;
  endpoint: string;
  cluster: string | null;
  params: Record<string, string>;
  /** As sent, with secrets and message contents left out. */
  body: unknown;
  outcome: { ok: true; status: number } | { ok: false; status: number; code: string; detail: string };
  durationMs: number;
  /** Present where a change goes on while it answers: another entry tells how it ended. */
  phase?: 'begun';
  /** How it went, where that is more than that it did: what was sent where. Counts and ranges only. */
  result?: object;
}

/** Longer texts are cut, longer lists counted: an entry stays a line that a person can read. */
const MAX_TEXT = 512;
const MAX_ITEMS = 100;
const SECRET =
  /pass(?:word|phrase)|secret|token|credential|jaas|private|\bkey\.?pem\b|keystore\.(?:key|password)/i;

/** Every change that was asked of the console, appended to a file as JSON lines, readable by its owner alone. */
export class AuditLog {
  readonly #path: string;
  readonly #onError: (error: unknown) => void;
  #written: Promise<void>;

  constructor(path: string, onError: (error: unknown) => void) {
    this.#path = path;
    this.#onError = onError;
    this.#written = mkdir(dirname(path), { recursive: true }).then(() => undefined, onError);
  }

  /** Queues one entry. The file is opened for each write, so that it may be rotated away at any time. */
  write(entry: AuditEntry): void {
    const line = `${JSON.stringify(entry)}\n`;
    this.#written = this.#written
      .then(() => appendFile(this.#path, line, { mode: 0o600 }))
      .catch(this.#onError);
  }

  /** When everything queued so far is in the file. */
  flushed(): Promise<void> {
    return this.#written;
  }
}

/**
 * A body as it may be kept: values under names that sound like secrets and the contents of messages are replaced.
 *
 * @param endpoint what was called: only the sizes of what messages hold are kept
 */
export function redactBody(endpoint: string, body: unknown): unknown {
  return redact(body, endpoint === 'produceMessage' || endpoint === 'produceMany');
}

function redact(value: unknown, isMessage: boolean): unknown {
  if (typeof value === 'string') {
    return value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}… (${value.length} characters)` : value;
  }
  if (Array.isArray(value)) {
    const kept = value.slice(0, MAX_ITEMS).map((item) => redact(item, isMessage));
    return value.length > MAX_ITEMS ? [...kept, `… (${value.length} in all)`] : kept;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (isMessage && name === 'data' && typeof inner === 'string')
        return [name, `(${inner.length} characters)`];
      if (SECRET.test(name) && inner !== null) return [name, '(left out)'];
      return [name, redact(inner, isMessage)];
    }),
  );
}
