import { Suspense } from 'react';
import { ClusterList } from '../components/shell/cluster-list.tsx';
import { pageTitle } from './page-title.ts';

/** The layout's template leaves out the page beside it. */
export const generateMetadata = () => pageTitle('clusters', { of: ['Kafdeck'] });

export default function HomePage() {
  return (
    <Suspense>
      <ClusterList />
    </Suspense>
  );
}
