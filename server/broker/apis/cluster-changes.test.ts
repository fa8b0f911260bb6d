import { afterAll, beforeAll, expect, test } from 'vitest';
import { ERROR } from '../../protocol/errors.ts';
import { addRaftVoterApi } from '../../protocol/messages/add-raft-voter.ts';
import { removeRaftVoterApi } from '../../protocol/messages/remove-raft-voter.ts';
import { updateFeaturesApi } from '../../protocol/messages/update-features.ts';
import { RawClient } from '../testing/raw-client.ts';
import { type ServedCluster, serveCluster } from '../testing/served-cluster.ts';

let served: ServedCluster;
let client: RawClient;
beforeAll(async () => {
  served = await serveCluster();
  client = await RawClient.connect(served.bootstrapServers()[0]!);
});
afterAll(async () => {
  client.close();
  await served.cluster.close();
});

test('the voters of the quorum stand in its configuration', async () => {
  const refusal = (verb: string) => ({
    errorCode: ERROR.UNSUPPORTED_VERSION,
    errorMessage: `Cluster doesn't support ${verb} voter because the kraft.version feature is 0`,
  });
  expect(await client.send(addRaftVoterApi, 1, { voterId: 9 })).toMatchObject(refusal('adding'));
  expect(await client.send(removeRaftVoterApi, 0, { voterId: 9 })).toMatchObject(refusal('removing'));
});

test.each([1, 2])('a feature that nobody has stops all changes of features, version %i', async (version) => {
  const answer = await client.send(updateFeaturesApi, version, {
    featureUpdates: [{ feature: 'no.such.feature', maxVersionLevel: 1, upgradeType: 1 }],
  });
  expect(answer.errorMessage).toMatch(
    /^The update failed for all features since the following feature had an error: Invalid update version 1 for feature no\.such\.feature\./,
  );
});
