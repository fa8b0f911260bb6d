import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The part that matters here of one of Kafka's JSON message definitions. */
export interface MessageDefinition {
  apiKey?: number;
  type: string;
  name: string;
  validVersions: string;
  flexibleVersions: string;
  latestVersionUnstable?: boolean;
  fields: FieldDefinition[];
  commonStructs?: { name: string; versions: string; fields: FieldDefinition[] }[];
}

export interface FieldDefinition {
  name: string;
  type: string;
  /** Left out in some definitions of fields that have only ever been tagged. */
  versions?: string;
  nullableVersions?: string;
  taggedVersions?: string;
  flexibleVersions?: string;
  tag?: number;
  ignorable?: boolean;
  default?: string | number | boolean | null;
  fields?: FieldDefinition[];
}

/** Reads every `*.json` definition below a folder, in order of file name. */
export function readDefinitions(folder: string): MessageDefinition[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map(
      (file) => JSON.parse(withoutComments(readFileSync(join(folder, file), 'utf8'))) as MessageDefinition,
    );
}

/** Kafka's definitions are JSON with `//` comments; a string may itself hold `//`. */
export function withoutComments(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*/g, (_, string: string | undefined) => string ?? '');
}
