import { ERROR } from '../../protocol/errors.ts';
import type { ControllerState } from './controller-state.ts';
import { ELR_VERSION, FEATURES, KRAFT_VERSION, METADATA_VERSION } from './feature-names.ts';
import type { StoredRecord } from './metadata-records.ts';
import { DONE, type Outcome, refused } from './outcome.ts';

/** The names of metadata versions by level, from 3.3-IV3 on. */
const METADATA_VERSIONS = [
  ['3.3-IV3', '3.4-IV0', '3.5-IV0', '3.5-IV1', '3.5-IV2', '3.6-IV0', '3.6-IV1', '3.6-IV2', '3.7-IV0'],
  ['3.7-IV1', '3.7-IV2', '3.7-IV3', '3.7-IV4', '3.8-IV0', '3.9-IV0', '4.0-IV0', '4.0-IV1', '4.0-IV2'],
  ['4.0-IV3', '4.1-IV0', '4.1-IV1', '4.2-IV0', '4.2-IV1', '4.3-IV0'],
].flat();
const OLDEST_METADATA_LEVEL = 7;
/** The levels that brought new records or fields: a step below one of them would lose something. */
const LEVELS_WITH_NEW_RECORDS: readonly number[] = [8, 11, 13, 14, 15, 17, 23, 30];
const ELR_NEEDS_METADATA_VERSION = 23;
/** Ours: Kafka could go over to controllers that change (KIP-853). */
const FIXED_CONTROLLERS = 'The controllers of this cluster are its brokers.';

/** 1: only upwards, 2: downwards where nothing is lost, 3: downwards whatever is lost. */
export type UpgradeType = number;

export interface UpdateFeature {
  readonly name: string;
  readonly level: number;
  readonly upgradeType: UpgradeType;
}

/** The records that a new cluster starts with. */
export function initialFeatures(): StoredRecord[] {
  return FEATURES.filter(({ initial }) => initial > 0).map(
    ({ name, initial }): StoredRecord => ({ type: 'feature', name, level: initial }),
  );
}

/** See Controller.updateFeatures: all of them or none. */
export function updateFeatures(
  state: ControllerState,
  updates: readonly UpdateFeature[],
  validateOnly: boolean,
): Outcome {
  const records: StoredRecord[] = [];
  const proposed = new Map(state.image.features);
  for (const { name, level } of updates) proposed.set(name, level);
  for (const update of updates) {
    const problem = problemWith(state, update, proposed);
    if (problem !== null) return refused(ERROR.INVALID_UPDATE_VERSION, problem);
    records.push({ type: 'feature', name: update.name, level: update.level });
    if (update.name === ELR_VERSION && update.level > 0) records.push(...elrSafety(state));
  }
  if (!validateOnly) state.commit(records);
  return DONE;
}

/** While there are ELRs, `min.insync.replicas` is the same for all brokers (KIP-966). */
function elrSafety({ image, rules }: ControllerState): StoredRecord[] {
  const name = 'min.insync.replicas';
  const records: StoredRecord[] = [];
  const value = rules.inherited('broker', name) ?? '1';
  if (!image.brokerConfigs('').has(name)) {
    records.push({ type: 'config', resource: 'broker', name: '', key: name, value });
  }
  for (const [broker, configs] of image.allBrokerConfigs) {
    if (broker !== '' && configs.has(name)) {
      records.push({ type: 'config', resource: 'broker', name: broker, key: name, value: null });
    }
  }
  return records;
}

function problemWith(
  { image, controllerId }: ControllerState,
  { name, level, upgradeType }: UpdateFeature,
  proposed: ReadonlyMap<string, number>,
): string | null {
  const invalid = (why: string) => `Invalid update version ${level} for feature ${name}. ${why}`;
  const feature = FEATURES.find((each) => each.name === name);
  const current = image.features.get(name) ?? 0;
  if (upgradeType < 1 || upgradeType > 3) {
    return invalid('The controller does not support the given upgrade type.');
  }
  if (level < 0) return invalid('A feature version cannot be less than 0.');
  const node = `Local controller ${controllerId}`;
  if (feature === undefined) return invalid(`${node} does not support this feature.`);
  if (level < feature.min || level > feature.max) {
    return invalid(`${node} only supports versions ${feature.min}-${feature.max}`);
  }
  if (level < current && upgradeType === 1) {
    return invalid(
      "Can't downgrade the version of this feature without setting the upgrade type to either safe or unsafe downgrade.",
    );
  }
  if (level > current && upgradeType !== 1) return invalid("Can't downgrade to a newer version.");
  if (name === METADATA_VERSION) return problemWithMetadataVersion(level, current, upgradeType === 3);
  if (name === KRAFT_VERSION && level !== current) return invalid(FIXED_CONTROLLERS);
  const metadataLevel = proposed.get(METADATA_VERSION) ?? 0;
  if (name === ELR_VERSION && level > 0 && metadataLevel < ELR_NEEDS_METADATA_VERSION) {
    return invalid(
      `${name} could not be set to ${level} because it depends on metadata.version level ${ELR_NEEDS_METADATA_VERSION}`,
    );
  }
  return null;
}

function problemWithMetadataVersion(level: number, current: number, isUnsafe: boolean): string | null {
  if (!LEVELS_WITH_NEW_RECORDS.some((changed) => changed > level && changed <= current)) return null;
  const why = isUnsafe
    ? 'Unsafe metadata downgrade is not supported in this version.'
    : 'Refusing to perform the requested downgrade because it might delete metadata information.';
  return `Unsupported metadata.version downgrade from ${metadataVersionName(current)} to ${metadataVersionName(level)}. ${why}`;
}

/** `4.3-IV0` for a level. */
function metadataVersionName(level: number): string {
  return METADATA_VERSIONS[level - OLDEST_METADATA_LEVEL] ?? String(level);
}
