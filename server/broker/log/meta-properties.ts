import { randomBytes } from 'node:crypto';
import type { FileStore } from './file-store.ts';

const FILE = 'meta.properties';

/**
 * Writes whose a log dir is, as Kafka's storage tool formats one (version 1). Its directory id (KIP-858) stays the same
 * from then on.
 */
export function formatLogDir(store: FileStore, clusterId: string, nodeId: number): void {
  const known = store.readText(FILE) ?? '';
  const directoryId = /^directory\.id=(\S+)$/m.exec(known)?.[1] ?? randomBytes(16).toString('base64url');
  const text = `#\ncluster.id=${clusterId}\ndirectory.id=${directoryId}\nnode.id=${nodeId}\nversion=1\n`;
  if (text !== known) store.replace(FILE, text);
}
