import type { Plan } from '../../lib/contract/plans.ts';
import type { BrokerLoad } from '../../lib/kafka/assignment/moves.ts';
import type { TopologyBroker } from '../../lib/kafka/topology.ts';

/** Loads with the rack that each broker stands in. */
export function withRacks(loads: readonly BrokerLoad[], brokers: readonly TopologyBroker[]): Plan['brokers'] {
  const rackOf = new Map(brokers.map(({ id, rack }) => [id, rack]));
  return loads.map((load) => ({ ...load, rack: rackOf.get(load.broker) ?? null }));
}
