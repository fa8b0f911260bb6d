import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { apiByKey } from '../apis.ts';
import type { Message } from '../schema.ts';

/** Every message there is, by name: requests, responses and the bodies of records and headers. */
export async function everyMessage(): Promise<Map<string, Message<unknown>>> {
  const messages = new Map<string, Message<unknown>>();
  for (const { request, response } of apiByKey.values())
    for (const message of [request, response]) messages.set(message.name, message);
  const folder = join(import.meta.dirname, '../messages');
  for (const file of readdirSync(folder)) {
    const exported: Record<string, unknown> = await import(join(folder, file));
    for (const value of Object.values(exported)) if (isMessage(value)) messages.set(value.name, value);
  }
  return messages;
}

function isMessage(value: unknown): value is Message<unknown> {
  return typeof value === 'object' && value !== null && 'fields' in value && 'flexibleVersion' in value;
}
