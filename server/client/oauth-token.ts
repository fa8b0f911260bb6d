import { execFile } from 'node:child_process';
import { Failure } from '../../lib/contract/failure.ts';
import type { Sentence } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { TokenSource } from './connection-settings.ts';

interface Token {
  value: string;
  /** Milliseconds since the epoch; null when neither the answer nor the token says. */
  expiresAt: number | null;
}

/** A token is fetched again when less than this is left of it. */
const RENEW_BEFORE_MS = 60_000;
/** How long a token is kept whose end is not known. */
const UNKNOWN_LIFETIME_MS = 300_000;
const FETCH_TIMEOUT_MS = 10_000;

/** Gives kafkajs an OAUTHBEARER token (KIP-255); keeps it until shortly before it expires, and fetches it once at a time. */
export function tokenProvider(
  source: TokenSource,
  now: () => number = Date.now,
): () => Promise<{ value: string }> {
  let kept: { value: string; until: number } | undefined;
  let underWay: Promise<{ value: string }> | undefined;
  return () => {
    if (kept && now() < kept.until) return Promise.resolve({ value: kept.value });
    underWay ??= readToken(source)
      .then((token) => {
        const expiresAt = token.expiresAt ?? now() + UNKNOWN_LIFETIME_MS + RENEW_BEFORE_MS;
        // A token that lives for less than the margin is still used for half of its life.
        const margin = Math.min(RENEW_BEFORE_MS, Math.max(0, (expiresAt - now()) / 2));
        kept = { value: token.value, until: expiresAt - margin };
        return { value: token.value };
      })
      .finally(() => {
        underWay = undefined;
      });
    return underWay;
  };
}

async function readToken(source: TokenSource): Promise<Token> {
  const answer = source.kind === 'command' ? await runCommand(source) : await askEndpoint(source);
  return parseToken(answer);
}

/** A bare token, or a JSON answer of an OAuth 2.0 token endpoint (RFC 6749 §5.1). */
function parseToken(text: string): Token {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{')) {
    if (!/^[\x21-\x7e]+$/.test(trimmed)) throw noToken(say('token.notToken'));
    return { value: trimmed, expiresAt: expiryInside(trimmed) };
  }
  let answer: { access_token?: unknown; expires_in?: unknown };
  try {
    answer = JSON.parse(trimmed);
  } catch {
    throw noToken(say('token.notJson'));
  }
  if (typeof answer.access_token !== 'string' || answer.access_token === '') {
    throw noToken(say('token.noAccessToken'));
  }
  const seconds = Number(answer.expires_in);
  const expiresAt = Number.isFinite(seconds) && seconds > 0 ? Date.now() + seconds * 1000 : null;
  return { value: answer.access_token, expiresAt: expiresAt ?? expiryInside(answer.access_token) };
}

/** The `exp` claim of a JWT (RFC 7519 §4.1.4); the brokers verify it, here it only says when to ask again. */
function expiryInside(token: string): number | null {
  const [, claims] = token.split('.');
  if (!claims) return null;
  try {
    const { exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { exp?: unknown };
    return typeof exp === 'number' && exp > 0 ? exp * 1000 : null;
  } catch {
    return null;
  }
}

function runCommand({ program, args }: { program: string; args: string[] }): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      program,
      args,
      { timeout: FETCH_TIMEOUT_MS, maxBuffer: 1 << 20, windowsHide: true },
      (error, output) => {
        // Neither output nor arguments go into the message: both may hold secrets.
        if (!error) return resolve(output);
        const code = error.code ?? error.signal ?? 'unknown';
        reject(noToken(say('token.commandFailed', { program, code })));
      },
    );
  });
}

/** Client credentials grant (RFC 6749 §4.4), the client authenticated by HTTP Basic (§2.3.1). */
async function askEndpoint(source: Extract<TokenSource, { kind: 'url' }>): Promise<string> {
  const credentials = `${encodeURIComponent(source.clientId)}:${encodeURIComponent(source.clientSecret)}`;
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  if (source.scope) form.set('scope', source.scope);
  let response: Response;
  try {
    response = await fetch(source.url, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
      },
      body: form.toString(),
      signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
    });
  } catch (cause) {
    throw noToken(say('token.noEndpoint'), cause);
  }
  if (!response.ok) throw noToken(say('token.endpointStatus', { status: response.status }));
  return response.text();
}

function noToken(why: Sentence, cause?: unknown): Failure {
  return new Failure('broker_unreachable', say('token.none', { why }), {
    action: say('token.none.do'),
    cause,
  });
}
