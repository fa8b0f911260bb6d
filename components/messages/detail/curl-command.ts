import { addresses } from '../../../lib/contract/addresses.ts';
import { endpointUrl } from '../../../lib/contract/client.ts';
import type { MessageAddress } from '../message-address.ts';

/** The request that reads exactly that message, for a shell. A topic's name has nothing that a shell would take otherwise. */
export function curlCommand(
  origin: string,
  cluster: string,
  topic: string,
  { partition, offset }: MessageAddress,
): string {
  const url = endpointUrl(addresses.readMessages, {
    params: { cluster, topic },
    query: { partitions: partition, from: `offset:${offset}`, limit: 1, control: true, maxBytes: 16777216 },
  });
  return `curl -s '${origin}${url}'`;
}
