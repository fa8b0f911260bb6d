import { ERROR } from '../../protocol/errors.ts';
import { createPartitionsApi } from '../../protocol/messages/create-partitions.ts';
import { handler, mutationAdmission } from '../net/handler.ts';
import { may } from '../security/permissions.ts';

/** CreatePartitions 0–3: `count` is the total wanted; a topic's partitions can only grow. */
export const createPartitions = handler(createPartitionsApi, { min: 0, max: 3 }, (request, context) => {
  const { cluster } = context;
  const seen = new Set<string>();
  const duplicates = new Set(
    request.topics.filter(({ name }) => seen.has(name) || !seen.add(name)).map(({ name }) => name),
  );
  return {
    results: [
      ...[...duplicates].map((name) => ({
        name,
        errorCode: ERROR.INVALID_REQUEST,
        errorMessage: 'Duplicate topic name.',
      })),
      ...request.topics
        .filter(({ name }) => !duplicates.has(name))
        .map(({ name, count, assignments }) =>
          may(context, 'alter', 'topic', name)
            ? {
                name,
                ...cluster.controller.createPartitions({
                  topic: name,
                  count,
                  assignment: assignments?.map(({ brokerIds }) => brokerIds) ?? null,
                  validateOnly: request.validateOnly,
                  admit: mutationAdmission(context, 3),
                }),
              }
            : { name, errorCode: ERROR.TOPIC_AUTHORIZATION_FAILED },
        ),
    ],
  };
});
