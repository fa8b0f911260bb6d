import type { en } from './en.ts';
import { api } from './ko/api.ts';
import { cluster } from './ko/cluster.ts';
import { messages } from './ko/messages.ts';
import { serdes } from './ko/serdes.ts';

export const ko: Record<keyof typeof en, string> = { ...api, ...cluster, ...messages, ...serdes };
