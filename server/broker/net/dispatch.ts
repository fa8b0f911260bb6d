import { API_KEY, apiName } from '../../protocol/api-keys.ts';
import { decodeRequestHeader } from '../../protocol/frame.ts';
import type { Broker } from '../broker.ts';
import type { Cluster } from '../cluster.ts';
import type { FetchSessions } from '../fetch/fetch-sessions.ts';
import type { GroupCoordinator } from '../groups/coordinator.ts';
import type { ClientQuotas } from '../quotas/client-quotas.ts';
import type { Authorizer } from '../security/authorizer.ts';
import type { ClientTelemetry } from '../telemetry/client-telemetry.ts';
import type { TransactionCoordinator } from '../transactions/transaction-coordinator.ts';
import type { ConnectionInfo, Handler, Outgoing } from './handler.ts';
import type { Log } from './log.ts';
import type { LogLevels } from './log-levels.ts';

/** A request that a broker can answer only by hanging up, as Kafka does. */
class UnservableRequestError extends Error {
  override name = 'UnservableRequestError';
}

/** Key, version and correlation id: what every request starts with, whatever its version. */
const SMALLEST_HEADER_BYTES = 8;

/** What brokers hand on to the active controller (KIP-590): a broker that can't reach it answers when it can again. */
const FORWARDED: ReadonlySet<number> = new Set([
  API_KEY.CreateTopics,
  API_KEY.DeleteTopics,
  API_KEY.CreatePartitions,
  API_KEY.CreateAcls,
  API_KEY.DeleteAcls,
  API_KEY.AlterConfigs,
  API_KEY.IncrementalAlterConfigs,
  API_KEY.ElectLeaders,
  API_KEY.AlterPartitionReassignments,
  API_KEY.ListPartitionReassignments,
  API_KEY.CreateDelegationToken,
  API_KEY.RenewDelegationToken,
  API_KEY.ExpireDelegationToken,
  API_KEY.AlterClientQuotas,
  API_KEY.AlterUserScramCredentials,
  API_KEY.DescribeQuorum,
  API_KEY.UpdateFeatures,
  API_KEY.UnregisterBroker,
]);

export interface Dispatch {
  /** True when a request may be served while others like it are still being answered. */
  mayOverlap(frame: Buffer): boolean;
  /** The response with its size, null when there is none. Rejects when the connection has to be closed. */
  answer(frame: Buffer, connection: ConnectionInfo): Promise<Outgoing | null>;
}

export interface DispatchOptions {
  readonly handlers: ReadonlyMap<number, Handler>;
  readonly broker: Broker;
  readonly cluster: Cluster;
  readonly coordinator: GroupCoordinator;
  readonly transactions: TransactionCoordinator;
  readonly authorizer: Authorizer | null;
  readonly fetchSessions: FetchSessions;
  readonly quotas: ClientQuotas;
  readonly telemetry: ClientTelemetry;
  readonly logLevels: LogLevels;
  readonly now: () => number;
  readonly log: Log;
}

/** Leads each request of a broker to the handler of its API. */
export function createDispatch({ handlers, log, ...served }: DispatchOptions): Dispatch {
  return {
    mayOverlap: (frame) => frame.length >= 2 && frame.readInt16BE(0) === API_KEY.Produce,

    async answer(frame, connection) {
      if (frame.length < SMALLEST_HEADER_BYTES) {
        throw new UnservableRequestError(`a request of ${frame.length} bytes is too short`);
      }
      const apiKey = frame.readInt16BE(0);
      const apiVersion = frame.readInt16BE(2);
      const handler = handlers.get(apiKey);
      if (handler === undefined) throw new UnservableRequestError(`${apiName(apiKey)} is not served`);
      if (apiVersion < handler.minVersion || apiVersion > handler.maxVersion) {
        // An old or new client may ask ApiVersions in any version: it learns from the answer which to use (KIP-35).
        if (handler.answerUnsupportedVersion) return handler.answerUnsupportedVersion(frame.readInt32BE(4));
        throw new UnservableRequestError(`${handler.name} v${apiVersion} is not served`);
      }
      const header = decodeRequestHeader(frame);
      try {
        if (FORWARDED.has(apiKey)) await served.cluster.faults.untilReachable(served.broker.id);
        return await handler.answer(frame, {
          ...served,
          connection,
          header,
          requestBytes: frame.length,
          throttle: { milliseconds: 0 },
        });
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'ProtocolError') {
          log.error(`broker ${served.broker.id} failed to serve ${handler.name} v${apiVersion}`, error);
        }
        throw new UnservableRequestError(
          `${handler.name} v${apiVersion} from client '${header.clientId ?? ''}': ${error instanceof Error ? error.message : error}`,
        );
      }
    },
  };
}
