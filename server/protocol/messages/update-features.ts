import { type Api, defineApi, type Struct } from '../schema.ts';

export interface FeatureUpdateKey {
  feature: string;
  maxVersionLevel: number;
  allowDowngrade: boolean;
  upgradeType: number;
}

const featureUpdateKeyStruct: Struct = { name: 'FeatureUpdateKey', fields: [
  ['feature', 'string', '0+'],
  ['maxVersionLevel', 'int16', '0+'],
  ['allowDowngrade', 'bool', '0'],
  ['upgradeType', 'int8', '1+', { default: 1 }],
] };

export interface UpdatableFeatureResult {
  feature: string;
  errorCode: number;
  errorMessage: string | null;
}

const updatableFeatureResultStruct: Struct = { name: 'UpdatableFeatureResult', fields: [
  ['feature', 'string', '0+'],
  ['errorCode', 'int16', '0+'],
  ['errorMessage', 'string', '0+', { nullable: '0+' }],
] };

export interface UpdateFeaturesRequest {
  timeoutMs: number;
  featureUpdates: FeatureUpdateKey[];
  validateOnly: boolean;
}

export interface UpdateFeaturesResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  results: UpdatableFeatureResult[];
}

export const updateFeaturesApi: Api<UpdateFeaturesRequest, UpdateFeaturesResponse> = defineApi(
  57, 'UpdateFeatures', '0-2', '0+',
  [
    ['timeoutMs', 'int32', '0+', { default: 60000 }],
    ['featureUpdates', [featureUpdateKeyStruct], '0+'],
    ['validateOnly', 'bool', '1+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['errorMessage', 'string', '0+', { nullable: '0+' }],
    ['results', [updatableFeatureResultStruct], '0-1', { ignorable: true }],
  ],
);
