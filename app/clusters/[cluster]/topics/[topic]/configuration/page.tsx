import { TopicConfiguration } from '../../../../../../components/topic/topic-configuration.tsx';

export default function Page() {
  return <TopicConfiguration />;
}
