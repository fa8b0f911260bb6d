import { SearchMessagesPage } from '../../../../components/messages/search-messages-page.tsx';
import { pageTitle } from '../../../page-title.ts';

export async function generateMetadata({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await params;
  return pageTitle('search', { of: [cluster] });
}

export default function Page() {
  return <SearchMessagesPage />;
}
