import { NotFound } from '../components/shell/not-found.tsx';
import { pageTitle } from './page-title.ts';

export const generateMetadata = () => pageTitle('notFound');

export default function NotFoundPage() {
  return <NotFound />;
}
