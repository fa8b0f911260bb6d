import { z } from 'zod';
import { topicName } from './names.ts';

const searchName = z.string().trim().min(1).max(120);
const searchQuery = z
  .string()
  .max(16384)
  .describe(
    'What stands after `?` in the address of the page: parameters as of reading messages, and the columns',
  );
const ofTopic = topicName
  .nullable()
  .describe('The topic whose messages it searches; null: those that `query` names');

/** A search that somebody gave a name, for all users of the console. */
export const savedSearch = z
  .object({
    id: z.string(),
    name: z.string(),
    topic: ofTopic,
    query: searchQuery,
    savedAt: z.iso.datetime(),
  })
  .meta({ id: 'SavedSearch' });
export type SavedSearch = z.infer<typeof savedSearch>;

export const savedSearchList = z.object({
  items: z.array(savedSearch).describe('In the order of their names'),
});

export const saveSearchBody = z.object({
  name: searchName,
  topic: ofTopic.default(null),
  query: searchQuery,
});
export type SaveSearchBody = z.output<typeof saveSearchBody>;

export const searchId = z.string().min(1).max(64);
