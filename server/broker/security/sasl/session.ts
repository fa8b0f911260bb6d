import { API_KEY, apiName } from '../../../protocol/api-keys.ts';
import { decode } from '../../../protocol/codec.ts';
import { ERROR } from '../../../protocol/errors.ts';
import { decodeRequestHeader, encodeResponse, type RequestHeader } from '../../../protocol/frame.ts';
import { apiVersionsApi } from '../../../protocol/messages/api-versions.ts';
import { saslAuthenticateApi } from '../../../protocol/messages/sasl-authenticate.ts';
import { saslHandshakeApi } from '../../../protocol/messages/sasl-handshake.ts';
import { ANONYMOUS, isSamePrincipal, type Principal } from '../principal.ts';
import {
  type Authenticated,
  AuthenticationError,
  InvalidCredentialsError,
  type SaslExchange,
} from './exchange.ts';
import { SASL_AUTHENTICATE_VERSIONS, SASL_HANDSHAKE_VERSIONS } from './versions.ts';

export interface SaslSessionOptions {
  /** The mechanisms that are switched on, by name, in the order they are told. */
  readonly mechanisms: ReadonlyMap<string, () => SaslExchange>;
  /** `connections.max.reauth.ms` of a mechanism; 0: a session lasts for ever (KIP-368). */
  maxReauthMs(mechanism: string): number;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Answers ApiVersions, the one other request that may come before a client has proved who it is. */
  answerApiVersions(frame: Buffer): Promise<Buffer | null>;
}

export interface SaslStep {
  /** With its size; null: nothing is sent. */
  readonly response: Buffer | null;
  /** Why the connection has to be closed after the response, which is then held back a while; null: it goes on. */
  readonly failure: string | null;
}

type State = 'initial' | 'handshake' | 'authenticate' | 'complete' | 'failed';

const MIN_REAUTH_INTERVAL_MS = 1000;

/**
 * What Kafka's SaslServerAuthenticator does on one connection: ApiVersions if the client likes, SaslHandshake, then the
 * mechanism's messages, in SaslAuthenticate requests or (after a handshake of version 0) with nothing around them. Before
 * the session ends the client may show its credentials again (KIP-368); when it has ended the connection has to be closed.
 */
export class SaslSession {
  principal: Principal = ANONYMOUS;
  readonly #options: SaslSessionOptions;
  #state: State = 'initial';
  #mechanism = '';
  #exchange: SaslExchange | null = null;
  #hasHeaders = false;
  #expiresAtMs: number | null = null;
  #isReauthentication = false;
  #lastReauthenticationMs = Number.NEGATIVE_INFINITY;
  /** Shown again with another mechanism: the handshake is answered, what follows is refused. */
  #badMechanism: string | null = null;

  constructor(options: SaslSessionOptions) {
    this.#options = options;
  }

  get isComplete(): boolean {
    return this.#state === 'complete';
  }

  /** Whether this frame is for the session and not for the broker's APIs. */
  takes(frame: Buffer): boolean {
    if (this.#state !== 'complete') return true;
    if (this.#expiresAtMs === null) return false;
    const now = this.#options.now();
    if (frame.length >= 2 && frame.readInt16BE(0) === API_KEY.SaslHandshake) {
      return now - this.#lastReauthenticationMs >= MIN_REAUTH_INTERVAL_MS;
    }
    return now > this.#expiresAtMs;
  }

  async answer(frame: Buffer): Promise<SaslStep> {
    try {
      return await this.#answer(frame);
    } catch (error) {
      return this.#fail(null, error instanceof Error ? error.message : String(error));
    }
  }

  #answer(frame: Buffer): Promise<SaslStep> | SaslStep {
    if (this.#state === 'complete') {
      if (frame.readInt16BE(0) !== API_KEY.SaslHandshake) return this.#fail(null, 'its session has expired');
      this.#isReauthentication = true;
      this.#lastReauthenticationMs = this.#options.now();
      this.#state = 'handshake';
    }
    if (this.#state !== 'authenticate') return this.#handshake(frame);
    if (this.#badMechanism !== null) return this.#fail(null, this.#badMechanism);
    return this.#hasHeaders ? this.#authenticate(frame) : this.#rawToken(frame);
  }

  #handshake(frame: Buffer): Promise<SaslStep> | SaslStep {
    const header = decodeRequestHeader(frame);
    if (header.apiKey === API_KEY.ApiVersions && this.#state === 'initial') return this.#apiVersions(frame);
    if (header.apiKey !== API_KEY.SaslHandshake) {
      return this.#fail(
        null,
        `Unexpected Kafka request of type ${apiName(header.apiKey)} during SASL handshake.`,
      );
    }
    const { apiVersion, correlationId } = header;
    requireVersion(header, SASL_HANDSHAKE_VERSIONS);
    const { mechanism } = decode(saslHandshakeApi.request, apiVersion, frame, header.bodyOffset);
    const { mechanisms } = this.#options;
    const answer = (errorCode: number) =>
      encodeResponse(saslHandshakeApi, apiVersion, correlationId, {
        errorCode,
        mechanisms: [...mechanisms.keys()],
      });
    this.#hasHeaders = apiVersion >= 1;
    const begin = mechanisms.get(mechanism);
    if (begin === undefined) {
      return this.#fail(answer(ERROR.UNSUPPORTED_SASL_MECHANISM), `Unsupported SASL mechanism ${mechanism}`);
    }
    if (this.#isReauthentication && mechanism !== this.#mechanism) {
      this.#badMechanism = `SASL mechanism '${mechanism}' requested by client is not supported for re-authentication of mechanism '${this.#mechanism}'`;
    }
    this.#mechanism = mechanism;
    this.#exchange = begin();
    this.#state = 'authenticate';
    return { response: answer(ERROR.NONE), failure: null };
  }

  async #apiVersions(frame: Buffer): Promise<SaslStep> {
    const response = await this.#options.answerApiVersions(frame);
    // After size and correlation id; refused, the client may ask again.
    if (response !== null && response.readInt16BE(8) === ERROR.NONE) this.#state = 'handshake';
    return { response, failure: null };
  }

  #authenticate(frame: Buffer): SaslStep {
    const header = decodeRequestHeader(frame);
    const { apiVersion, correlationId } = header;
    if (header.apiKey !== API_KEY.SaslAuthenticate) {
      const isApiVersions = header.apiKey === API_KEY.ApiVersions && apiVersion <= 4;
      return this.#fail(
        isApiVersions
          ? encodeResponse(apiVersionsApi, apiVersion, correlationId, { errorCode: ERROR.ILLEGAL_SASL_STATE })
          : null,
        `Unexpected Kafka request of type ${apiName(header.apiKey)} during SASL authentication.`,
      );
    }
    requireVersion(header, SASL_AUTHENTICATE_VERSIONS);
    const { authBytes } = decode(saslAuthenticateApi.request, apiVersion, frame, header.bodyOffset);
    try {
      const answer = this.#exchange!.evaluate(authBytes);
      const { outcome } = this.#exchange!;
      const lifetimeMs = outcome === null ? 0 : this.#enter(outcome);
      return {
        response: encodeResponse(saslAuthenticateApi, apiVersion, correlationId, {
          errorCode: ERROR.NONE,
          authBytes: answer,
          sessionLifetimeMs: BigInt(lifetimeMs),
        }),
        failure: null,
      };
    } catch (error) {
      const errorMessage = this.#messageFor(error);
      const refusal = encodeResponse(saslAuthenticateApi, apiVersion, correlationId, {
        errorCode: ERROR.SASL_AUTHENTICATION_FAILED,
        errorMessage,
      });
      return this.#fail(refusal, errorMessage);
    }
  }

  #rawToken(frame: Buffer): SaslStep {
    try {
      const answer = this.#exchange!.evaluate(frame);
      const { outcome } = this.#exchange!;
      if (outcome !== null) this.#enter(outcome);
      const response = Buffer.allocUnsafe(4 + answer.length);
      response.writeInt32BE(answer.length, 0);
      response.set(answer, 4);
      return { response, failure: null };
    } catch (error) {
      return this.#fail(null, this.#messageFor(error));
    }
  }

  /**
   * The client has proved who it is.
   * @returns for how long, in milliseconds; 0: for ever
   * @throws AuthenticationError when it was somebody else before
   */
  #enter({ principal, expiresAtMs }: Authenticated): number {
    if (this.#isReauthentication && !isSamePrincipal(this.principal, principal)) {
      throw new AuthenticationError(
        `Cannot change principals during re-authentication from ${this.principal.type}.${this.principal.name}: ${principal.type}.${principal.name}`,
      );
    }
    this.principal = principal;
    this.#state = 'complete';
    this.#exchange = null;
    const now = this.#options.now();
    const maxReauthMs = this.#options.maxReauthMs(this.#mechanism);
    const limits = [
      ...(expiresAtMs === null ? [] : [expiresAtMs - now]),
      ...(maxReauthMs > 0 ? [maxReauthMs] : []),
    ];
    if (limits.length === 0) {
      this.#expiresAtMs = null;
      return 0;
    }
    const lifetimeMs = Math.max(0, Math.min(...limits));
    this.#expiresAtMs = now + lifetimeMs;
    return lifetimeMs;
  }

  #messageFor(error: unknown): string {
    if (error instanceof AuthenticationError) return error.message;
    if (!(error instanceof InvalidCredentialsError)) throw error;
    const what = this.#isReauthentication ? 're-authentication' : 'authentication';
    return `Authentication failed during ${what} due to invalid credentials with SASL mechanism ${this.#mechanism}`;
  }

  #fail(response: Buffer | null, failure: string): SaslStep {
    this.#state = 'failed';
    this.#exchange = null;
    return { response, failure };
  }
}

function requireVersion(
  { apiKey, apiVersion }: RequestHeader,
  { min, max }: { readonly min: number; readonly max: number },
): void {
  if (apiVersion >= min && apiVersion <= max) return;
  throw new AuthenticationError(`Version ${apiVersion} is not supported for apiKey ${apiName(apiKey)}`);
}
