import { z } from 'zod';
import type { Wording } from './sentence.ts';

/** Where an answer carries text for a person. Apart from `sentence.ts`, which pages load without the schemas. */
export const wording = z.string() as z.ZodType<Wording, Wording>;
