import { Suspense } from 'react';
import { ClusterList } from '../components/shell/cluster-list.tsx';
import { pageTitle } from './page-title.ts';

export const generateMetadata = () => pageTitle('clusters');

export default function HomePage() {
  return (
    <Suspense>
      <ClusterList />
    </Suspense>
  );
}
