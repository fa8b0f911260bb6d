import { type Api, defineApi, type Struct } from '../schema.ts';

export interface ApiVersion {
  apiKey: number;
  minVersion: number;
  maxVersion: number;
}

const apiVersionStruct: Struct = { name: 'ApiVersion', fields: [
  ['apiKey', 'int16', '0+'],
  ['minVersion', 'int16', '0+'],
  ['maxVersion', 'int16', '0+'],
] };

export interface SupportedFeatureKey {
  name: string;
  minVersion: number;
  maxVersion: number;
}

const supportedFeatureKeyStruct: Struct = { name: 'SupportedFeatureKey', fields: [
  ['name', 'string', '3+'],
  ['minVersion', 'int16', '3+'],
  ['maxVersion', 'int16', '3+'],
] };

export interface FinalizedFeatureKey {
  name: string;
  maxVersionLevel: number;
  minVersionLevel: number;
}

const finalizedFeatureKeyStruct: Struct = { name: 'FinalizedFeatureKey', fields: [
  ['name', 'string', '3+'],
  ['maxVersionLevel', 'int16', '3+'],
  ['minVersionLevel', 'int16', '3+'],
] };

export interface ApiVersionsRequest {
  clientSoftwareName: string;
  clientSoftwareVersion: string;
}

export interface ApiVersionsResponse {
  errorCode: number;
  apiKeys: ApiVersion[];
  throttleTimeMs: number;
  supportedFeatures: SupportedFeatureKey[];
  finalizedFeaturesEpoch: bigint;
  finalizedFeatures: FinalizedFeatureKey[];
  zkMigrationReady: boolean;
}

export const apiVersionsApi: Api<ApiVersionsRequest, ApiVersionsResponse> = defineApi(
  18, 'ApiVersions', '0-4', '3+',
  [
    ['clientSoftwareName', 'string', '3+', { ignorable: true }],
    ['clientSoftwareVersion', 'string', '3+', { ignorable: true }],
  ],
  [
    ['errorCode', 'int16', '0+'],
    ['apiKeys', [apiVersionStruct], '0+'],
    ['throttleTimeMs', 'int32', '1+', { ignorable: true }],
    ['supportedFeatures', [supportedFeatureKeyStruct], '3+', { tagged: '3+', tag: 0, ignorable: true }],
    ['finalizedFeaturesEpoch', 'int64', '3+', { default: -1n, tagged: '3+', tag: 1, ignorable: true }],
    ['finalizedFeatures', [finalizedFeatureKeyStruct], '3+', { tagged: '3+', tag: 2, ignorable: true }],
    ['zkMigrationReady', 'bool', '3+', { tagged: '3+', tag: 3, ignorable: true }],
  ],
);
