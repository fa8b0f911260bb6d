import { BrokersPage } from '../../../../components/brokers/brokers-page.tsx';
import { pageTitle } from '../../../page-title.ts';

export async function generateMetadata({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await params;
  return pageTitle('brokers', { of: [cluster] });
}

export default function Page() {
  return <BrokersPage />;
}
