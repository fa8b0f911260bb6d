import type { BrokerRow } from '../../lib/contract/brokers.ts';
import { type ReassignmentRequest, reassignmentRequest } from '../../lib/contract/plans.ts';

/** How a reassignment is to be generated, as typed. */
export interface GenerateOptions {
  /** Brokers to spread over; null: all that are up. */
  brokers: readonly number[] | null;
  strategy: 'minimal-movement' | 'spread-evenly';
  rackAware: boolean;
  /** Empty: each topic keeps its own. */
  replicationFactor: string;
}

export const NEW_GENERATE_OPTIONS: GenerateOptions = {
  brokers: null,
  strategy: 'minimal-movement',
  rackAware: true,
  replicationFactor: '',
};

type KnownBroker = Pick<BrokerRow, 'id' | 'isAlive'>;

/** The brokers chosen, or all that are up as long as nobody has chosen. */
export function chosenBrokers({ brokers }: GenerateOptions, known: readonly KnownBroker[]): number[] {
  const alive = known.filter((broker) => broker.isAlive).map((broker) => broker.id);
  return brokers === null ? alive : alive.filter((id) => brokers.includes(id));
}

/** Undefined: as now. NaN where it is no factor for that many brokers. */
export function typedFactor({ replicationFactor }: GenerateOptions, brokerCount: number): number | undefined {
  const text = replicationFactor.trim();
  if (text === '') return undefined;
  const factor = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return factor >= 1 && factor <= brokerCount ? factor : Number.NaN;
}

/** What to ask for, or null while something is missing or wrong. */
export function generateRequestOf(
  topics: readonly string[],
  options: GenerateOptions,
  known: readonly KnownBroker[],
): ReassignmentRequest | null {
  const brokers = chosenBrokers(options, known);
  const replicationFactor = typedFactor(options, brokers.length);
  if (Number.isNaN(replicationFactor)) return null;
  const { strategy, rackAware } = options;
  const parsed = reassignmentRequest.safeParse({
    generate: { topics, brokers, strategy, rackAware, replicationFactor },
  });
  return parsed.success ? parsed.data : null;
}
