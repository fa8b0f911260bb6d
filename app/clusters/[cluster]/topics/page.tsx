import { TopicsPage } from '../../../../components/topics/topics-page.tsx';
import { pageTitle } from '../../../page-title.ts';

export async function generateMetadata({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await params;
  return pageTitle('topics', { of: [cluster] });
}

export default function Page() {
  return <TopicsPage />;
}
