import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SchemaFile } from '../serdes/serde-source.ts';
import type { Place } from './secret.ts';
import { SettingError } from './setting-error.ts';

const MOST_FILES = 5000;
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * The .avsc and .proto files in a folder and the folders in it, by their paths below it.
 *
 * @throws SettingError when one cannot be read, or there are too many
 */
export function readSchemaFiles(path: string, place: Place): SchemaFile[] {
  const folder = resolve(place.folder, path);
  const files: SchemaFile[] = [];
  let bytes = 0;
  const read = (inside: string) => {
    for (const name of readdirSync(join(folder, inside)).sort()) {
      // Kubernetes keeps what it mounts in ..data, and links to it from beside.
      if (name.startsWith('.')) continue;
      const below = inside === '' ? name : `${inside}/${name}`;
      const stat = statSync(join(folder, below));
      if (stat.isDirectory()) read(below);
      else if (/\.(?:avsc|proto)$/.test(name)) {
        bytes += stat.size;
        if (files.length >= MOST_FILES || bytes > MOST_BYTES) {
          throw new SettingError(
            `${place.name}: has more than ${MOST_FILES} schema files or ${MOST_BYTES} bytes of them; name a smaller folder`,
          );
        }
        files.push({ path: below, text: readFileSync(join(folder, below), 'utf8') });
      }
    }
  };
  try {
    read('');
  } catch (error) {
    if (error instanceof SettingError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new SettingError(
      `${place.name}: the folder cannot be read (${code}); see that it exists and that you may read it`,
    );
  }
  return files;
}
