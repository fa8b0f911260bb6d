'use client';
import type { ConfigChanges, ConfigSource } from '../../lib/contract/configs.ts';
import type { PlanRequest } from '../../lib/contract/plans.ts';
import { useAction } from '../data/use-action.ts';

/** Whose configs are shown and changed. */
export type ConfigTarget =
  | { kind: 'topic'; cluster: string; topic: string }
  | { kind: 'broker'; cluster: string; broker: number };

/** The source of values that can be taken away again: those set on the very topic or broker, while it runs. */
export const OWN_SOURCE: Record<ConfigTarget['kind'], ConfigSource> = {
  topic: 'dynamic-topic',
  broker: 'dynamic-broker',
};

export function alterPlan(target: ConfigTarget, changes: ConfigChanges): PlanRequest {
  return target.kind === 'topic'
    ? { operation: 'alter-topic-configs', topic: target.topic, body: { changes } }
    : { operation: 'alter-broker-configs', broker: target.broker, body: { changes } };
}

/** Makes the change that `alterPlan` previews; `done` is said when it is made. */
export function useAlterConfigs(target: ConfigTarget, done: string) {
  const ofTopic = useAction('alterTopicConfigs', { done, showsFailure: true });
  const ofBroker = useAction('alterBrokerConfigs', { done, showsFailure: true });
  const { cluster } = target;
  return {
    run: (changes: ConfigChanges) =>
      target.kind === 'topic'
        ? ofTopic.run({ params: { cluster, topic: target.topic }, body: { changes } })
        : ofBroker.run({ params: { cluster, broker: target.broker }, body: { changes } }),
    isBusy: ofTopic.isBusy || ofBroker.isBusy,
    failure: ofTopic.failure ?? ofBroker.failure,
  };
}
