import { Failure } from '../../lib/contract/failure.ts';
import { type Sentence, spoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { ERROR, errorByCode } from '../protocol/errors.ts';
import { ProtocolError } from '../protocol/protocol-error.ts';

interface KafkajsError {
  name?: string;
  message?: string;
  code?: string | number;
  type?: string;
}

/** Says in one sentence why a connection could not be opened. */
export function connectionFailure(cause: unknown, label: Sentence): Failure {
  if (cause instanceof Failure) return cause;
  const { name = '', message = '', code, type = '' } = (cause ?? {}) as KafkajsError;
  if (name === 'KafkaJSSASLAuthenticationError' || type === 'SASL_AUTHENTICATION_FAILED') {
    return new Failure('refused_by_kafka', say('link.badCredentials', { broker: label }), {
      action: say('link.badCredentials.do'),
      kafkaError: kafkaErrorOf(ERROR.SASL_AUTHENTICATION_FAILED),
      cause,
    });
  }
  if (type === 'UNSUPPORTED_SASL_MECHANISM' || message.includes('mechanism is not supported')) {
    return new Failure('refused_by_kafka', say('link.badMechanism', { broker: label }), {
      action: say('link.badMechanism.do'),
      kafkaError: kafkaErrorOf(ERROR.UNSUPPORTED_SASL_MECHANISM),
      cause,
    });
  }
  if (type === 'ILLEGAL_SASL_STATE') {
    return new Failure('broker_unreachable', say('link.noSasl', { broker: label }), {
      action: say('link.noSasl.do'),
      cause,
    });
  }
  if (cause instanceof ProtocolError) {
    return new Failure('broker_unreachable', say('link.notKafka', { broker: label }), {
      action: say('link.notKafka.do'),
      cause,
    });
  }
  if (message === 'Connection timeout') {
    const [why, action] = NO_ANSWER;
    return new Failure('broker_unreachable', say('link.unreachable', { broker: label, why }), {
      action,
      cause,
    });
  }
  const [why, action] = SYSTEM_ERRORS[String(code)] ?? tlsReason(String(code ?? ''), message);
  return new Failure('broker_unreachable', say('link.unreachable', { broker: label, why }), {
    action,
    cause,
  });
}

/** For a request whose connection broke before the answer came. */
export function lostConnection(cause: unknown, label: Sentence, api: string): Failure {
  if (cause instanceof Failure) return cause;
  if (cause instanceof ProtocolError) {
    return new Failure('internal', say('link.notSent', { api, broker: label, reason: cause.message }), {
      cause,
    });
  }
  const { name = '', type = '' } = (cause ?? {}) as KafkajsError;
  if (name === 'KafkaJSSASLAuthenticationError' || type === 'SASL_AUTHENTICATION_FAILED') {
    return connectionFailure(cause, label);
  }
  return new Failure('broker_unreachable', say('link.lost', { broker: label, api }), {
    action: say('link.lost.do'),
    cause,
  });
}

type Reason = readonly [why: Sentence, action: Sentence];

const CHECK_RUNNING = say('link.refused.do');
const NO_ANSWER: Reason = [say('link.noAnswer'), say('link.noAnswer.do')];
const RESET: Reason = [say('link.reset'), say('link.reset.do')];
const SYSTEM_ERRORS: Record<string, Reason> = {
  ECONNREFUSED: [say('link.refused'), CHECK_RUNNING],
  ENOTFOUND: [say('link.unknownHost'), say('link.unknownHost.do')],
  EAI_AGAIN: [say('link.noNameServer'), say('link.noNameServer.do')],
  EHOSTUNREACH: [say('link.noWayToHost'), CHECK_RUNNING],
  ENETUNREACH: [say('link.noWayToNetwork'), CHECK_RUNNING],
  ETIMEDOUT: NO_ANSWER,
  ECONNRESET: RESET,
};

function tlsReason(code: string, message: string): Reason {
  if (/CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|EPROTO/.test(code)) {
    return [say('link.tls', { code }), say('link.tls.do')];
  }
  if (message.includes('Closed connection') || message.includes('Connection closed')) return RESET;
  const told = message.replace(/^Connection error:\s*/, '');
  return [told ? spoken(told) : say('link.unknownReason'), CHECK_RUNNING];
}

function kafkaErrorOf(code: number): { code: number; name: string } {
  return { code, name: errorByCode(code).name };
}
