import { api } from './en/api.ts';
import { cluster } from './en/cluster.ts';
import { messages } from './en/messages.ts';
import { serdes } from './en/serdes.ts';

/** What the server says to a person. `.do` is what can be done about it. A part of a sentence begins small. */
export const en = { ...api, ...cluster, ...messages, ...serdes } as const;
