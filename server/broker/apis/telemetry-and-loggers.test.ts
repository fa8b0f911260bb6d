import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ZERO_UUID } from '../../protocol/default-value.ts';
import { ERROR } from '../../protocol/errors.ts';
import { apiVersionsApi } from '../../protocol/messages/api-versions.ts';
import { describeConfigsApi } from '../../protocol/messages/describe-configs.ts';
import { getTelemetrySubscriptionsApi } from '../../protocol/messages/get-telemetry-subscriptions.ts';
import { incrementalAlterConfigsApi } from '../../protocol/messages/incremental-alter-configs.ts';
import { listConfigResourcesApi } from '../../protocol/messages/list-config-resources.ts';
import { pushTelemetryApi } from '../../protocol/messages/push-telemetry.ts';
import { RawClient } from '../testing/raw-client.ts';
import { type ServedCluster, serveCluster } from '../testing/served-cluster.ts';
import { CONFIG_RESOURCE } from './config-resources.ts';

let served: ServedCluster;
let client: RawClient;

beforeEach(async () => {
  served = await serveCluster();
  client = await RawClient.connect(served.bootstrapServers()[0]!);
});
afterEach(async () => {
  client.close();
  await served.cluster.close();
});

const SET = 0;
const DELETE = 1;

async function alter(type: number, name: string, configs: Record<string, string | null>) {
  const { responses } = await client.send(incrementalAlterConfigsApi, 1, {
    resources: [
      {
        resourceType: type,
        resourceName: name,
        configs: Object.entries(configs).map(([key, value]) => ({
          name: key,
          configOperation: value === null ? DELETE : SET,
          value,
        })),
      },
    ],
  });
  return responses[0]!;
}

async function describeAll(type: number, name: string) {
  const { results } = await client.send(describeConfigsApi, 4, {
    resources: [{ resourceType: type, resourceName: name, configurationKeys: null }],
    includeSynonyms: true,
  });
  return results[0]!;
}

describe('client metrics', () => {
  const subscribe = (configs: Record<string, string>) => alter(CONFIG_RESOURCE.clientMetrics, 'sub', configs);

  test('subscriptions are set, listed, described and refused as Kafka does', async () => {
    expect(await subscribe({ metrics: 'org.apache.', 'interval.ms': '1000' })).toMatchObject({
      errorCode: 0,
    });
    const listed = await client.send(listConfigResourcesApi, 0, {});
    expect(listed.configResources.map(({ resourceName }) => resourceName)).toEqual(['sub']);
    const { configs } = await describeAll(CONFIG_RESOURCE.clientMetrics, 'sub');
    expect(configs).toMatchObject([
      { name: 'interval.ms', value: '1000', configSource: 7 },
      { name: 'match', value: '', configSource: 5 },
      { name: 'metrics', value: 'org.apache.', configSource: 7 },
    ]);
    expect(await subscribe({ 'interval.ms': '50' })).toMatchObject({
      errorCode: ERROR.INVALID_REQUEST,
      errorMessage: 'Invalid value 50 for interval.ms, interval must be between 100 and 3600000 (1 hour)',
    });
    expect(await subscribe({ shoe: '1' })).toMatchObject({
      errorCode: ERROR.INVALID_REQUEST,
      errorMessage: 'Unknown client metrics configuration: shoe',
    });
    expect(await subscribe({ match: 'shoe=1' })).toMatchObject({
      errorCode: ERROR.INVALID_CONFIG,
      errorMessage: 'Illegal client matching pattern: shoe=1',
    });
  });

  test('are offered while somebody wants them, and only to clients that match', async () => {
    const offered = async () =>
      (
        await client.send(apiVersionsApi, 3, { clientSoftwareName: 'raw', clientSoftwareVersion: '1' })
      ).apiKeys
        .map(({ apiKey }) => apiKey)
        .filter((key) => key === 71 || key === 72);
    expect(await offered()).toEqual([]);
    await subscribe({ metrics: '*', match: 'client_software_name=raw,client_id=r.w' });
    expect(await offered()).toEqual([71, 72]);
    const answer = await client.send(getTelemetrySubscriptionsApi, 0, { clientInstanceId: ZERO_UUID });
    expect(answer).toMatchObject({ errorCode: 0, pushIntervalMs: 300_000, requestedMetrics: [''] });
    expect(answer.clientInstanceId).not.toBe(ZERO_UUID);
    await subscribe({ match: 'client_id=other' });
    const other = await client.send(getTelemetrySubscriptionsApi, 0, { clientInstanceId: ZERO_UUID });
    expect(other.requestedMetrics).toEqual([]);
  });

  test('are taken once an interval, under the subscription that holds', async () => {
    await subscribe({ metrics: 'a.', 'interval.ms': '60000' });
    const { clientInstanceId, subscriptionId } = await client.send(getTelemetrySubscriptionsApi, 0, {
      clientInstanceId: ZERO_UUID,
    });
    const push = async (body: { subscriptionId?: number; terminating?: boolean; metrics?: Buffer }) =>
      (
        await client.send(pushTelemetryApi, 0, {
          clientInstanceId,
          subscriptionId,
          metrics: Buffer.from('m'),
          ...body,
        })
      ).errorCode;
    expect(await push({ subscriptionId: subscriptionId + 1 })).toBe(ERROR.UNKNOWN_SUBSCRIPTION_ID);
    expect(await push({ metrics: Buffer.alloc(2 ** 20 + 1) })).toBe(ERROR.TELEMETRY_TOO_LARGE);
    expect(await push({})).toBe(0);
    expect(served.logLines.at(-1)).toContain('pushed 1 bytes of metrics');
    expect(await push({})).toBe(ERROR.THROTTLING_QUOTA_EXCEEDED);
    const again = await client.send(getTelemetrySubscriptionsApi, 0, { clientInstanceId });
    expect(again.errorCode).toBe(ERROR.THROTTLING_QUOTA_EXCEEDED);
    expect(await push({ terminating: true })).toBe(0);
    expect(await push({ terminating: true })).toBe(ERROR.INVALID_REQUEST);
  });
});

describe('broker loggers', () => {
  const loggers = (configs: Record<string, string | null>, name = '1') =>
    alter(CONFIG_RESOURCE.brokerLogger, name, configs);

  test('have levels that can be changed, and hold', async () => {
    const complain = async () => {
      const before = served.logLines.length;
      const bad = await RawClient.connect(served.bootstrapServers()[0]!);
      bad.socket.write(Buffer.from([0, 0, 0, 1, 9]));
      await expect(bad.nextFrame()).rejects.toThrow();
      return served.logLines.length - before;
    };
    expect(await complain()).toBe(1);
    expect(await loggers({ kafka: 'ERROR' })).toMatchObject({ errorCode: 0 });
    const { configs } = await describeAll(CONFIG_RESOURCE.brokerLogger, '1');
    expect(configs).toMatchObject([
      { name: 'root', value: 'INFO', configSource: 6 },
      { name: 'kafka', value: 'ERROR', configSource: 6 },
    ]);
    expect(await complain()).toBe(0);
    await loggers({ kafka: null });
    expect(await complain()).toBe(1);
  });

  test('are refused in Kafka’s words', async () => {
    const message = async (configs: Record<string, string | null>, name?: string) =>
      (await loggers(configs, name)).errorMessage;
    expect(await message({ shoe: 'INFO' })).toBe('Logger shoe does not exist!');
    expect(await message({ root: null })).toBe('Removing the log level of the root logger is not allowed');
    expect(await message({ root: 'LOUD' })).toBe(
      'Cannot set the log level of root to LOUD as it is not a supported log level. Valid log levels are DEBUG, ERROR, FATAL, INFO, TRACE, WARN',
    );
    expect(await message({ root: 'INFO' }, 'x')).toBe('Node id must be an integer, but it is: x');
  });
});
