import { ERROR } from '../../protocol/errors.ts';
import { updateFeaturesApi } from '../../protocol/messages/update-features.ts';
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
  if (header.apiVersion >= 2 || outcome.errorCode !== ERROR.NONE) return outcome;
  return { ...outcome, results: featureUpdates.map(({ feature }) => ({ feature, errorCode: ERROR.NONE })) };
});
