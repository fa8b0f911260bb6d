import { BrokerPage } from '../../../../../components/brokers/broker-page.tsx';
import { pageTitle } from '../../../../page-title.ts';

export async function generateMetadata({ params }: { params: Promise<{ cluster: string; broker: string }> }) {
  const { cluster, broker } = await params;
  return pageTitle('broker', { name: broker, of: [cluster] });
}

export default function Page() {
  return <BrokerPage />;
}
