'use client';
import { useParams } from 'next/navigation';

/** The cluster that the page is about, from its address. */
export function useCluster(): string {
  const { cluster } = useParams<{ cluster: string }>();
  return decodeName(cluster);
}

/** A name as it stands in an address; a broken escape is taken as it is. */
export function decodeName(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
