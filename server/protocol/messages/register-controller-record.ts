import { type Message, defineMessage, type Struct } from '../schema.ts';

export interface ControllerEndpoint {
  name: string;
  host: string;
  port: number;
  securityProtocol: number;
}

const controllerEndpointStruct: Struct = { name: 'ControllerEndpoint', fields: [
  ['name', 'string', '0+'],
  ['host', 'string', '0+'],
  ['port', 'uint16', '0+'],
  ['securityProtocol', 'int16', '0+'],
] };

export interface ControllerFeature {
  name: string;
  minSupportedVersion: number;
  maxSupportedVersion: number;
}

const controllerFeatureStruct: Struct = { name: 'ControllerFeature', fields: [
  ['name', 'string', '0+'],
  ['minSupportedVersion', 'int16', '0+'],
  ['maxSupportedVersion', 'int16', '0+'],
] };

export interface RegisterControllerRecord {
  controllerId: number;
  incarnationId: string;
  zkMigrationReady: boolean;
  endPoints: ControllerEndpoint[];
  features: ControllerFeature[];
}

export const registerControllerRecord: Message<RegisterControllerRecord> = defineMessage(
  'RegisterControllerRecord', '0', '0+',
  [
    ['controllerId', 'int32', '0+'],
    ['incarnationId', 'uuid', '0+'],
    ['zkMigrationReady', 'bool', '0+'],
    ['endPoints', [controllerEndpointStruct], '0+'],
    ['features', [controllerFeatureStruct], '0+'],
  ], 27,
);
