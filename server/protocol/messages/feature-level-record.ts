import { type Message, defineMessage } from '../schema.ts';

export interface FeatureLevelRecord {
  name: string;
  featureLevel: number;
}

export const featureLevelRecord: Message<FeatureLevelRecord> = defineMessage(
  'FeatureLevelRecord', '0', '0+',
  [
    ['name', 'string', '0+'],
    ['featureLevel', 'int16', '0+'],
  ], 12,
);
