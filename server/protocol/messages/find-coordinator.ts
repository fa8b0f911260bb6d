import { type Api, defineApi, type Struct } from '../schema.ts';

export interface Coordinator {
  key: string;
  nodeId: number;
  host: string;
  port: number;
  errorCode: number;
  errorMessage: string | null;
}

const coordinatorStruct: Struct = { name: 'Coordinator', fields: [
  ['key', 'string', '4+'],
  ['nodeId', 'int32', '4+'],
  ['host', 'string', '4+'],
  ['port', 'int32', '4+'],
  ['errorCode', 'int16', '4+'],
  ['errorMessage', 'string', '4+', { nullable: '4+', ignorable: true }],
] };

export interface FindCoordinatorRequest {
  key: string;
  keyType: number;
  coordinatorKeys: string[];
}

export interface FindCoordinatorResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  nodeId: number;
  host: string;
  port: number;
  coordinators: Coordinator[];
}

export const findCoordinatorApi: Api<FindCoordinatorRequest, FindCoordinatorResponse> = defineApi(
  10, 'FindCoordinator', '0-6', '3+',
  [
    ['key', 'string', '0-3'],
    ['keyType', 'int8', '1+'],
    ['coordinatorKeys', ['string'], '4+'],
  ],
  [
    ['throttleTimeMs', 'int32', '1+', { ignorable: true }],
    ['errorCode', 'int16', '0-3'],
    ['errorMessage', 'string', '1-3', { nullable: '1-3', ignorable: true }],
    ['nodeId', 'int32', '0-3'],
    ['host', 'string', '0-3'],
    ['port', 'int32', '0-3'],
    ['coordinators', [coordinatorStruct], '4+'],
  ],
);
