import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { ReplicaMove } from '../../lib/kafka/assignment/moves.ts';
import type { Cluster } from '../cluster.ts';
import type { ClusterSnapshot } from '../snapshot/cluster-snapshot.ts';
import type { PlanWarning } from './plan-of.ts';
import { sayBytes } from './say.ts';
import { sumOrNull } from './topic-contents.ts';

export interface ReassignmentCosts {
  /** By move, bytes of one replica: the leader's; null when not known. */
  readonly replicaBytes: readonly (number | null)[];
  /** To be copied in all; null when one size is not known. */
  readonly bytesToMove: number | null;
  readonly warnings: readonly PlanWarning[];
}

/** What moves copy, and whether there is room for it on the brokers that get it (volume sizes: Kafka 3.3, KIP-827). */
export async function reassignmentCosts(
  { reads }: Cluster,
  snapshot: ClusterSnapshot,
  moves: readonly ReplicaMove[],
  until: number,
): Promise<ReassignmentCosts> {
  const leaderOf = ({ topic, partition }: ReplicaMove) =>
    snapshot.topics.get(topic)?.partitions[partition]?.leader ?? -1;
  const copying = moves.filter(({ added }) => added.length > 0);
  const receivers = [...new Set(copying.flatMap(({ added }) => added))];
  const alive = new Set(snapshot.brokers.filter(({ isAlive }) => isAlive).map(({ id }) => id));
  const pairs = new Map(
    copying
      .filter((move) => alive.has(leaderOf(move)))
      .map((move) => [`${leaderOf(move)} ${move.topic}`, { broker: leaderOf(move), topic: move.topic }]),
  );
  const [sizesOf, dirsOf] = await Promise.all([
    reads.logDirs.ofReplicas([...pairs.values()], until),
    reads.logDirs.ofBrokers(
      receivers.filter((broker) => alive.has(broker)),
      until,
    ),
  ]);
  const replicaBytes = moves.map((move) => {
    if (move.added.length === 0) return 0;
    const sizes = alive.has(leaderOf(move)) ? sizesOf(leaderOf(move), move.topic) : undefined;
    return sizes && 'value' in sizes ? (sizes.value.get(move.partition)?.sizeBytes ?? null) : null;
  });
  const warnings = receivers.flatMap((broker): PlanWarning[] => {
    const dirs = alive.has(broker) ? dirsOf(broker) : undefined;
    const free = dirs && 'value' in dirs ? sumOrNull(dirs.value.map(({ usableBytes }) => usableBytes)) : null;
    let incoming = 0;
    for (const [index, { added }] of moves.entries())
      if (added.includes(broker)) incoming += replicaBytes[index] ?? 0;
    if (free === null || incoming <= free) return [];
    return [
      {
        code: 'disk-full',
        subject: say('warn.broker', { broker }),
        detail: say('warn.noRoom', { free: sayBytes(free), incoming: sayBytes(incoming) }),
      },
    ];
  });
  return {
    replicaBytes,
    bytesToMove: sumOrNull(
      moves.map(({ added }, index) => {
        const bytes = replicaBytes[index];
        return bytes === null || bytes === undefined ? null : bytes * added.length;
      }),
    ),
    warnings,
  };
}
