import { type Api, defineApi, type Struct } from '../schema.ts';

export interface Listener {
  name: string;
  host: string;
  port: number;
  securityProtocol: number;
}

const listenerStruct: Struct = { name: 'Listener', fields: [
  ['name', 'string', '0+'],
  ['host', 'string', '0+'],
  ['port', 'uint16', '0+'],
  ['securityProtocol', 'int16', '0+'],
] };

export interface Feature {
  name: string;
  minSupportedVersion: number;
  maxSupportedVersion: number;
}

const featureStruct: Struct = { name: 'Feature', fields: [
  ['name', 'string', '0+'],
  ['minSupportedVersion', 'int16', '0+'],
  ['maxSupportedVersion', 'int16', '0+'],
] };

export interface ControllerRegistrationRequest {
  controllerId: number;
  incarnationId: string;
  zkMigrationReady: boolean;
  listeners: Listener[];
  features: Feature[];
}

export interface ControllerRegistrationResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
}

export const controllerRegistrationApi: Api<ControllerRegistrationRequest, ControllerRegistrationResponse> = defineApi(
  70, 'ControllerRegistration', '0', '0+',
  [
    ['controllerId', 'int32', '0+'],
    ['incarnationId', 'uuid', '0+'],
    ['zkMigrationReady', 'bool', '0+'],
    ['listeners', [listenerStruct], '0+'],
    ['features', [featureStruct], '0+'],
  ],
  [
    ['throttleTimeMs', 'int32', '0+'],
    ['errorCode', 'int16', '0+'],
    ['errorMessage', 'string', '0+', { nullable: '0+' }],
  ],
);
