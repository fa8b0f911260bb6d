import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { clusterOf } from './cluster-secrets.ts';
import { environmentLayer } from './environment.ts';
import { explain } from './explain.ts';
import { flagLayer } from './flags.ts';
import type { Layer } from './layer.ts';
import { serdesOf } from './serde-secrets.ts';
import { SettingError } from './setting-error.ts';
import { type Settings, settingsFile } from './settings.ts';

/**
 * Reads all settings: defaults, then `kafdeck.yaml`, then the environment, then flags.
 *
 * @param argv flags, without node and the program
 * @param env environment, e.g. `process.env`
 * @param folder what relative paths start from
 * @throws SettingError with one line to print
 */
export function readSettings(
  argv: string[],
  env: Record<string, string | undefined>,
  folder: string,
): Settings {
  const flags = flagLayer(argv);
  const environment = environmentLayer(env);
  const { configPath: byFlag, ...flagValues } = flags.values;
  const { configPath: byEnvironment, ...environmentValues } = environment.values;
  const file = fileLayer((byFlag ?? byEnvironment) as string | undefined, folder);

  const names = { ...file.names, ...environment.names, ...flags.names };
  const parsed = settingsFile.safeParse(
    { ...file.values, ...environmentValues, ...flagValues },
    { reportInput: true },
  );
  if (!parsed.success) throw new SettingError(explain(parsed.error.issues, names, file.path));
  const given = parsed.data;

  const seen = new Set<string>();
  for (const { id } of given.clusters) {
    if (seen.has(id))
      throw new SettingError(`${file.path}: clusters: the id "${id}" is there twice; give each its own`);
    seen.add(id);
  }
  const serdes = serdesOf(given, { name: `${file.path}:`, folder, env, names });
  return {
    host: given.host,
    port: given.port,
    dataDir: resolve(folder, given.dataDir),
    allowedHosts: given.allowedHosts,
    embedded: {
      enabled: given.embedded === 'auto' ? given.clusters.length === 0 : given.embedded,
      port: given.embeddedPort,
      serdes,
      masking: given.masking,
    },
    demo: given.demo,
    logLevel: given.logLevel,
    clusters: given.clusters.map((cluster, index) =>
      clusterOf(
        cluster,
        { name: names.clusters ?? `${file.path}: clusters[${index}]`, folder, env },
        { serdes, masking: given.masking },
      ),
    ),
  };
}

const DEFAULT_FILE = 'kafdeck.yaml';

/** A file that was named must be there; the default one may be missing. */
function fileLayer(named: string | undefined, folder: string): Layer & { path: string } {
  const path = named ?? DEFAULT_FILE;
  let text: string;
  try {
    text = readFileSync(resolve(folder, path), 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    if (named === undefined && code === 'ENOENT') return { path, values: {}, names: {} };
    throw new SettingError(`${path}: cannot be read (${code}); see that it exists and that you may read it`);
  }
  const values = parseYaml(text, path);
  if (values === null) return { path, values: {}, names: {} };
  if (typeof values !== 'object' || Array.isArray(values)) {
    throw new SettingError(`${path}: is not a group of settings; write lines like "port: 9000"`);
  }
  return { path, values: values as Record<string, unknown>, names: {} };
}

function parseYaml(text: string, path: string): unknown {
  try {
    return parse(text, { prettyErrors: false, logLevel: 'error' });
  } catch (error) {
    const where = error instanceof YAMLParseError ? text.slice(0, error.pos[0]).split('\n').length : null;
    // The parser's own words may quote a line with a secret in it: only its code is told.
    const what = error instanceof YAMLParseError ? error.code : 'too deeply nested';
    throw new SettingError(
      `${path}${where === null ? '' : `:${where}`}: is not valid YAML (${what}); look at the indentation and quotes there`,
    );
  }
}
