import { OverviewPage } from '../../../components/overview/overview-page.tsx';
import { pageTitle } from '../../page-title.ts';

export async function generateMetadata({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await params;
  return pageTitle('overview', { of: [cluster] });
}

export default function Page() {
  return <OverviewPage />;
}
