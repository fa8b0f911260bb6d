import { ERROR } from '../../protocol/errors.ts';
import { updateFeaturesApi } from '../../protocol/messages/update-features.ts';
import { type Outcome, refused } from '../controller/outcome.ts';
import { handler } from '../net/handler.ts';
import { clusterRefusal } from '../security/permissions.ts';

const UPGRADE = 1;
const SAFE_DOWNGRADE = 2;

/** UpdateFeatures 0–2 (KIP-584): all of the changes or none. v1 says how far down it may go and can only check, v2 tells one error. */
export const updateFeatures = handler(updateFeaturesApi, { min: 0, max: 2 }, (request, context) => {
  const { cluster, header } = context;
  const forbidden = clusterRefusal(context, 'alter');
  if (forbidden !== null) return forbidden;
  const { featureUpdates, validateOnly } = request;
  const typeOf = ({ allowDowngrade, upgradeType }: (typeof featureUpdates)[number]) =>
    header.apiVersion > 0 ? upgradeType : allowDowngrade ? SAFE_DOWNGRADE : UPGRADE;
  const outcome = cluster.controller.updateFeatures(
    featureUpdates.map((update) => ({
      name: update.feature,
      level: update.maxVersionLevel,
      upgradeType: typeOf(update),
    })),
    validateOnly,
  );
  if (outcome.errorCode !== ERROR.NONE) return ofAll(outcome);
  if (header.apiVersion >= 2) return outcome;
  return { ...outcome, results: featureUpdates.map(({ feature }) => ({ feature, errorCode: ERROR.NONE })) };
});

/** One change that is refused stops them all, and is told in the words of Kafka's QuorumController. */
function ofAll({ errorCode, errorMessage }: Outcome): Outcome {
  return refused(
    errorCode,
    `The update failed for all features since the following feature had an error: ${errorMessage}`,
  );
}
