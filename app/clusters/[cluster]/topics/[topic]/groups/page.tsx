import { TopicGroups } from '../../../../../../components/topic/topic-groups.tsx';

export default function Page() {
  return <TopicGroups />;
}
