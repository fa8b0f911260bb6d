import type { ConfigChanges } from '../../lib/contract/configs.ts';
import type { Sentence } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { ERROR } from '../protocol/errors.ts';
import { incrementalAlterConfigsApi } from '../protocol/messages/incremental-alter-configs.ts';
import type { ClusterClient } from './cluster-client.ts';
import { kafkaFailure } from './kafka-failure.ts';

/** Resource types of DescribeConfigs and AlterConfigs (org.apache.kafka.common.config.ConfigResource.Type). */
const RESOURCE_TYPE = { topic: 2, broker: 4 } as const;
/** Operations of IncrementalAlterConfigs (KIP-339). */
const SET = 0;
const DELETE = 1;

interface Resource {
  type: keyof typeof RESOURCE_TYPE;
  name: string;
}

/**
 * Sets and unsets configs of one topic or broker; what is not named stays as it is (KIP-339, Kafka 2.3). Throws
 * `refused_by_kafka` with Kafka's reason, `not_found`, `forbidden`.
 */
export async function alterConfigs(
  client: ClusterClient,
  resource: Resource,
  changes: ConfigChanges,
  validateOnly: boolean,
): Promise<void> {
  const { responses } = await client.send(
    incrementalAlterConfigsApi,
    {
      validateOnly,
      resources: [
        {
          resourceType: RESOURCE_TYPE[resource.type],
          resourceName: resource.name,
          configs: Object.entries(changes).map(([name, value]) => ({
            name,
            value,
            configOperation: value === null ? DELETE : SET,
          })),
        },
      ],
    },
    // A broker's own configs are changed by that broker, everything else by the controller.
    { to: resource.type === 'broker' ? { broker: Number(resource.name) } : 'controller' },
  );
  for (const { errorCode, errorMessage } of responses) {
    if (errorCode !== ERROR.NONE) throw kafkaFailure(errorCode, configsOf(resource), errorMessage);
  }
}

function configsOf({ type, name }: Resource): Sentence {
  return type === 'topic'
    ? say('kafka.configsOfTopic', { topic: name })
    : say('kafka.configsOfBroker', { broker: name });
}
