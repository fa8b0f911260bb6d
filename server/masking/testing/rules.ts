import { parseFieldPath } from '../field-path.ts';
import type { Hiding, Masking, MaskingRule } from '../masking-rules.ts';

export interface GivenRule {
  topics?: string[];
  in?: MaskingRule['in'];
  fields?: string[] | null;
  how?: Hiding;
}

/** A rule as the settings make it; what is not said replaces the whole value by stars. */
export function rule({
  topics = ['*'],
  in: parts = ['value'],
  fields = null,
  how = STARS,
}: GivenRule): MaskingRule {
  return { topics, in: parts, fields: fields?.map((path) => parseFieldPath(path)!) ?? null, how };
}

export const STARS: Hiding = { kind: 'replace', with: '***' };
export const HASH: Hiding = { kind: 'hash' };
export const REMOVE: Hiding = { kind: 'remove' };

export function masking(...rules: GivenRule[]): Masking {
  return { rules: rules.map(rule), hashKey: Buffer.alloc(32, 7).toString('base64') };
}
