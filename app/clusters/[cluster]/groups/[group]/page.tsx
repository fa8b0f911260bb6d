import { GroupPage } from '../../../../../components/groups/group-page.tsx';
import { pageTitle } from '../../../../page-title.ts';

export async function generateMetadata({ params }: { params: Promise<{ cluster: string; group: string }> }) {
  const { cluster, group } = await params;
  return pageTitle('group', { name: decodeURIComponent(group), of: [cluster] });
}

export default function Page() {
  return <GroupPage />;
}
