import { TopicPartitions } from '../../../../../../components/topic/topic-partitions.tsx';

export default function Page() {
  return <TopicPartitions />;
}
