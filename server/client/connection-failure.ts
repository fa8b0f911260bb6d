import { Failure } from '../../lib/contract/failure.ts';
import { ERROR, errorByCode } from '../protocol/errors.ts';
import { ProtocolError } from '../protocol/protocol-error.ts';

interface KafkajsError {
  name?: string;
  message?: string;
  code?: string | number;
  type?: string;
}

/** Says in one sentence why a connection could not be opened. */
export function connectionFailure(cause: unknown, label: string): Failure {
  if (cause instanceof Failure) return cause;
  const { name = '', message = '', code, type = '' } = (cause ?? {}) as KafkajsError;
  if (name === 'KafkaJSSASLAuthenticationError' || type === 'SASL_AUTHENTICATION_FAILED') {
    return new Failure('refused_by_kafka', `${label} refused the credentials`, {
      action: "Check the user, password or token in this cluster's sasl settings",
      kafkaError: kafkaErrorOf(ERROR.SASL_AUTHENTICATION_FAILED),
      cause,
    });
  }
  if (type === 'UNSUPPORTED_SASL_MECHANISM' || message.includes('mechanism is not supported')) {
    return new Failure('refused_by_kafka', `${label} does not offer this SASL mechanism`, {
      action: "Set the mechanism in this cluster's sasl settings to one that the broker's listener enables",
      kafkaError: kafkaErrorOf(ERROR.UNSUPPORTED_SASL_MECHANISM),
      cause,
    });
  }
  if (type === 'ILLEGAL_SASL_STATE') {
    return new Failure('broker_unreachable', `${label} does not expect SASL on this port`, {
      action: "Take sasl out of this cluster's settings, or give the port of a SASL listener",
      cause,
    });
  }
  if (cause instanceof ProtocolError) {
    return new Failure('broker_unreachable', `What listens at ${label} does not speak the Kafka protocol`, {
      action: 'Check the address and whether the port is the one for clients',
      cause,
    });
  }
  if (message === 'Connection timeout') {
    return new Failure(
      'broker_unreachable',
      `${label} cannot be reached: no answer to the connection attempt`,
      {
        action: 'Check the address, and whether a firewall lies in between',
        cause,
      },
    );
  }
  const [why, action] = SYSTEM_ERRORS[String(code)] ?? tlsReason(String(code ?? ''), message);
  return new Failure('broker_unreachable', `${label} cannot be reached: ${why}`, { action, cause });
}

/** For a request whose connection broke before the answer came. */
export function lostConnection(cause: unknown, label: string, api: string): Failure {
  if (cause instanceof Failure) return cause;
  if (cause instanceof ProtocolError) {
    return new Failure('internal', `${api} could not be sent to ${label}: ${cause.message}`, { cause });
  }
  const { name = '', type = '' } = (cause ?? {}) as KafkajsError;
  if (name === 'KafkaJSSASLAuthenticationError' || type === 'SASL_AUTHENTICATION_FAILED') {
    return connectionFailure(cause, label);
  }
  return new Failure('broker_unreachable', `${label} closed the connection before it answered ${api}`, {
    action: 'See whether the broker was stopped or refuses this client',
    cause,
  });
}

const CHECK_RUNNING = 'See whether the broker is running and listens at this address';
const SYSTEM_ERRORS: Record<string, [why: string, action: string]> = {
  ECONNREFUSED: ['nothing listens there', CHECK_RUNNING],
  ENOTFOUND: ['the host name is not known', 'Check the name, and the advertised.listeners of the broker'],
  EAI_AGAIN: ['the host name could not be looked up', 'Check the name server of this machine'],
  EHOSTUNREACH: ['there is no way to the host', CHECK_RUNNING],
  ENETUNREACH: ['there is no way to its network', CHECK_RUNNING],
  ETIMEDOUT: [
    'no answer to the connection attempt',
    'Check the address, and whether a firewall lies in between',
  ],
  ECONNRESET: ['it closed the connection', 'See whether it expects TLS or SASL on this port'],
};

function tlsReason(code: string, message: string): [why: string, action: string] {
  if (/CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|EPROTO/.test(code)) {
    return [
      `TLS failed (${code})`,
      "Check ca, cert and servername in this cluster's ssl settings, and whether the port expects TLS",
    ];
  }
  if (message.includes('Closed connection') || message.includes('Connection closed')) {
    return ['it closed the connection', 'See whether it expects TLS or SASL on this port'];
  }
  return [message.replace(/^Connection error:\s*/, '') || 'unknown reason', CHECK_RUNNING];
}

function kafkaErrorOf(code: number): { code: number; name: string } {
  return { code, name: errorByCode(code).name };
}
