import { TopicSummary } from '../../../../../components/topic/topic-summary.tsx';

export default function Page() {
  return <TopicSummary />;
}
