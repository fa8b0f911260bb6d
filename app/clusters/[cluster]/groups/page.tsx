import { GroupsPage } from '../../../../components/groups/groups-page.tsx';
import { pageTitle } from '../../../page-title.ts';

export async function generateMetadata({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await params;
  return pageTitle('groups', { of: [cluster] });
}

export default function Page() {
  return <GroupsPage />;
}
