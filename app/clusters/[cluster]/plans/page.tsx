import { PlansPage } from '../../../../components/plans/plans-page.tsx';
import { pageTitle } from '../../../page-title.ts';

export async function generateMetadata({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await params;
  return pageTitle('plans', { of: [cluster] });
}

export default function Page() {
  return <PlansPage />;
}
