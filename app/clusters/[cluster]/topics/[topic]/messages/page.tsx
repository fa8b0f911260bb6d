import { TopicMessages } from '../../../../../../components/topic/topic-messages.tsx';

export default function Page() {
  return <TopicMessages />;
}
