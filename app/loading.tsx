import { LoadingNote } from '../components/ui/skeleton.tsx';

export default function Loading() {
  return <LoadingNote />;
}
