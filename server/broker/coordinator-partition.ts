/** Java's String.hashCode: what Kafka finds a coordinator's partition by. */
function javaHashCode(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1)
    hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return hash;
}

/** The partition of an internal topic that keeps a group or a transactional id; its leader is their coordinator. */
export function coordinatorPartition(key: string, partitionCount: number): number {
  return (javaHashCode(key) & 0x7fffffff) % partitionCount;
}
