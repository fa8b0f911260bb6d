import { type Layer, set } from './layer.ts';
import { nearestKey, SettingError } from './setting-error.ts';

/** Variables by what they set; where two set the same, the later one counts. */
const VARIABLES: [variable: string, key: string][] = [
  ['HOST', 'host'],
  ['PORT', 'port'],
  ['KAFDECK_HOST', 'host'],
  ['KAFDECK_PORT', 'port'],
  ['KAFDECK_CONFIG', 'configPath'],
  ['KAFDECK_DATA_DIR', 'dataDir'],
  ['KAFDECK_ALLOWED_HOSTS', 'allowedHosts'],
  ['KAFDECK_EMBEDDED', 'embedded'],
  ['KAFDECK_EMBEDDED_PORT', 'embeddedPort'],
  ['KAFDECK_DEMO', 'demo'],
  ['KAFDECK_LOG_LEVEL', 'logLevel'],
  ['KAFDECK_BROKERS', 'brokers'],
  ['KAFDECK_SCHEMA_REGISTRY', 'schemaRegistry'],
  ['KAFDECK_SCHEMAS', 'schemas'],
];

/**
 * Settings from the environment. An empty variable counts as not set.
 *
 * @throws SettingError for a variable that looks like a mistyped one of ours
 */
export function environmentLayer(env: Record<string, string | undefined>): Layer {
  const known = VARIABLES.map(([variable]) => variable);
  for (const variable of Object.keys(env)) {
    if (!variable.startsWith('KAFDECK_') || known.includes(variable)) continue;
    const near = nearestKey(
      variable.slice('KAFDECK_'.length),
      known.filter((name) => name.startsWith('KAFDECK_')).map((name) => name.slice('KAFDECK_'.length)),
      2,
    );
    if (near) throw new SettingError(`${variable}: is not a setting; did you mean KAFDECK_${near}?`);
  }
  const layer: Layer = { values: {}, names: {} };
  for (const [variable, key] of VARIABLES) {
    const value = env[variable];
    if (value === undefined || value.trim() === '') continue;
    set(layer, key, value, variable);
  }
  return layer;
}
