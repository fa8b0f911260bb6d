import { type Layer, set } from './layer.ts';
import { nearestKey, SettingError } from './setting-error.ts';

const FLAGS: Record<string, string> = {
  '--host': 'host',
  '--port': 'port',
  '--config': 'configPath',
  '--data-dir': 'dataDir',
  '--allowed-hosts': 'allowedHosts',
  '--embedded': 'embedded',
  '--embedded-port': 'embeddedPort',
  '--demo': 'demo',
  '--log-level': 'logLevel',
  '--brokers': 'brokers',
  '--schema-registry': 'schemaRegistry',
  '--schemas': 'schemas',
};

/**
 * Settings from flags: `--port 9000` or `--port=9000`.
 *
 * @throws SettingError for an unknown flag or one without its value
 */
export function flagLayer(argv: string[]): Layer {
  const layer: Layer = { values: {}, names: {} };
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index]!;
    const equals = word.indexOf('=');
    const flag = equals < 0 ? word : word.slice(0, equals);
    const key = FLAGS[flag];
    if (key === undefined) throw new SettingError(unknownFlag(flag));
    const value = equals < 0 ? argv[++index] : word.slice(equals + 1);
    if (value === undefined || value === '' || (equals < 0 && value.startsWith('--'))) {
      throw new SettingError(`${flag}: has no value; write ${flag}=<value>`);
    }
    set(layer, key, value, flag);
  }
  return layer;
}

/** A word that is no flag may be a value gone astray, even a secret: it is not repeated. */
function unknownFlag(flag: string): string {
  const known = Object.keys(FLAGS);
  if (!flag.startsWith('--'))
    return `a word on the command line belongs to no flag; flags are ${known.join(', ')}`;
  const near = nearestKey(flag, known);
  return `${flag}: is not a flag; ${near ? `did you mean ${near}?` : `flags are ${known.join(', ')}`}`;
}
