import { useTranslations } from 'next-intl';
import { cn } from '../ui/class-names.ts';

export interface ReplicaListProps {
  replicas: readonly number[];
  isr: readonly number[];
  leader: number | null;
  offlineReplicas?: readonly number[];
  addingReplicas?: readonly number[];
  removingReplicas?: readonly number[];
}

type ReplicaState =
  | 'replicaPreferred'
  | 'replicaLeader'
  | 'notInSync'
  | 'replicaOffline'
  | 'adding'
  | 'removing';

function statesOf(broker: number, index: number, props: ReplicaListProps): ReplicaState[] {
  const states: ReplicaState[] = [];
  if (index === 0) states.push('replicaPreferred');
  if (broker === props.leader) states.push('replicaLeader');
  if (props.offlineReplicas?.includes(broker)) states.push('replicaOffline');
  else if (!props.isr.includes(broker)) states.push('notInSync');
  if (props.addingReplicas?.includes(broker)) states.push('adding');
  if (props.removingReplicas?.includes(broker)) states.push('removing');
  return states;
}

/**
 * The replicas of a partition in their order, the preferred leader first. State is told by shape and sign, never by
 * colour alone: the leader is filled, one out of sync is struck through with a dashed edge, `+` is being added, `−`
 * being removed.
 */
export function ReplicaList(props: ReplicaListProps) {
  const t = useTranslations('topic.partitions');
  return (
    <ul className="flex flex-wrap gap-1" aria-label={t('replicas')}>
      {props.replicas.map((broker, index) => {
        const states = statesOf(broker, index, props);
        const isBehind = states.includes('notInSync') || states.includes('replicaOffline');
        const words = states.map((state) => t(state)).join(', ') || t('inSync');
        return (
          <li
            key={broker}
            title={t('replicaOf', { broker, states: words })}
            className={cn(
              'inline-flex h-5 min-w-6 items-center justify-center rounded-sm border px-1 text-xs tabular-nums',
              broker === props.leader
                ? 'border-transparent bg-inverse text-on-inverse'
                : 'border-edge text-ink-soft',
              isBehind && 'border-critical border-dashed text-critical line-through',
            )}
          >
            {states.includes('adding') && <span aria-hidden>+</span>}
            {states.includes('removing') && <span aria-hidden>−</span>}
            {broker}
            <span className="sr-only"> ({words})</span>
          </li>
        );
      })}
    </ul>
  );
}
