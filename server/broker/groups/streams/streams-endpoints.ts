import type { TopicPartitions } from '../assignors/assignor.ts';
import { withoutEpochs } from '../topic-partitions.ts';
import type { TopicsView } from '../topics-view.ts';
import type { StreamsGroup } from './streams-group.ts';

/** Which partitions are worked on by members that answer interactive queries, by where they answer. */
export function partitionsByEndpoint(group: StreamsGroup, view: TopicsView) {
  return [...group.members.values()].flatMap(({ userEndpoint, assigned }) =>
    userEndpoint === null
      ? []
      : [
          {
            userEndpoint,
            activePartitions: partitionsOf(withoutEpochs(assigned.active), group, view),
            standbyPartitions: partitionsOf(assigned.standby, group, view),
          },
        ],
  );
}

function partitionsOf(tasks: TopicPartitions, { configured }: StreamsGroup, view: TopicsView) {
  return [...tasks].flatMap(([subtopology, numbers]) => {
    const found = configured?.subtopologies?.find(({ id }) => id === subtopology);
    const names = [
      ...(found?.sourceTopics ?? []),
      ...(found?.repartitionSourceTopics ?? []).map(({ name }) => name),
    ];
    return names.map((topic) => {
      const count = view.topic(topic)?.partitions.length ?? 0;
      return { topic, partitions: [...numbers].filter((partition) => partition < count) };
    });
  });
}
