import {
  type BrokerRegistrationChangeRecord,
  brokerRegistrationChangeRecord,
} from '../../protocol/messages/broker-registration-change-record.ts';
import {
  type RegisterBrokerRecord,
  registerBrokerRecord,
} from '../../protocol/messages/register-broker-record.ts';
import { FEATURES } from './feature-names.ts';
import { framed } from './metadata-frame.ts';
import type { BrokerAddress, BrokerRegistration } from './metadata-image.ts';

const PLAIN_LISTENER = 'PLAINTEXT';
/** Kafka's SecurityProtocol ids; listeners are named after their protocol here. */
const SECURITY_PROTOCOLS: readonly string[] = [PLAIN_LISTENER, 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'];
const REGISTRATION_VERSION = 3;
const CHANGE_VERSION = 2;
const UNFENCED = -1;
const UNCHANGED = 0;
const FENCED = 1;

/** A broker as Kafka writes it: whole when it registers, else whether it is fenced or stopping now. */
export function brokerValue(before: BrokerRegistration | undefined, after: BrokerRegistration): Buffer {
  const { id, epoch, fenced, inControlledShutdown } = after;
  const isChange = before?.epoch === epoch && (inControlledShutdown || !before.inControlledShutdown);
  if (isChange) {
    return framed(brokerRegistrationChangeRecord, CHANGE_VERSION, {
      brokerId: id,
      brokerEpoch: epoch,
      fenced: fenced === before.fenced ? UNCHANGED : fenced ? FENCED : UNFENCED,
      inControlledShutdown: inControlledShutdown && !before.inControlledShutdown ? 1 : 0,
    });
  }
  const listeners = { [PLAIN_LISTENER]: { host: after.host, port: after.port }, ...after.furtherListeners };
  return framed(registerBrokerRecord, REGISTRATION_VERSION, {
    brokerId: id,
    incarnationId: after.incarnationId,
    brokerEpoch: epoch,
    endPoints: Object.entries(listeners).map(([name, { host, port }]) => ({
      name,
      host,
      port,
      securityProtocol: Math.max(0, SECURITY_PROTOCOLS.indexOf(name)),
    })),
    features: FEATURES.map(({ name, min, max }) => ({
      name,
      minSupportedVersion: min,
      maxSupportedVersion: max,
    })),
    rack: after.rack,
    fenced,
    inControlledShutdown,
    logDirs: [],
  });
}

export function brokerOf(record: RegisterBrokerRecord): BrokerRegistration {
  const { brokerId, rack, brokerEpoch, incarnationId, fenced, inControlledShutdown } = record;
  const plain = record.endPoints.find(({ name }) => name === PLAIN_LISTENER);
  const further = record.endPoints
    .filter(({ name }) => name !== PLAIN_LISTENER)
    .map(({ name, host, port }): [string, BrokerAddress] => [name, { host, port }]);
  return {
    id: brokerId,
    host: plain?.host ?? '',
    port: plain?.port ?? 0,
    rack,
    ...(further.length === 0 ? {} : { furtherListeners: Object.fromEntries(further) }),
    epoch: Number(brokerEpoch),
    incarnationId,
    fenced,
    inControlledShutdown,
  };
}

export function brokerAfter(
  before: BrokerRegistration,
  change: BrokerRegistrationChangeRecord,
): BrokerRegistration {
  return {
    ...before,
    fenced: change.fenced === UNCHANGED ? before.fenced : change.fenced === FENCED,
    inControlledShutdown: before.inControlledShutdown || change.inControlledShutdown === 1,
  };
}
