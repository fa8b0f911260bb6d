import { ReassignPage } from '../../../../../components/plans/reassign-page.tsx';
import { pageTitle } from '../../../../page-title.ts';

export async function generateMetadata({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await params;
  return pageTitle('reassign', { of: [cluster] });
}

export default function Page() {
  return <ReassignPage />;
}
