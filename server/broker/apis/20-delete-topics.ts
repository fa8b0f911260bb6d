import { ZERO_UUID } from '../../protocol/default-value.ts';
import { ERROR } from '../../protocol/errors.ts';
import { deleteTopicsApi } from '../../protocol/messages/delete-topics.ts';
import { brokerConfig } from '../config/resolve.ts';
import { handler, mutationAdmission, type RequestContext } from '../net/handler.ts';
import { may, mayOnCluster } from '../security/permissions.ts';

/** DeleteTopics 1–6. v5 error messages, v6 topics by id (KIP-516). */
export const deleteTopics = handler(deleteTopicsApi, { min: 1, max: 6 }, (request, context) => {
  const topics =
    context.header.apiVersion >= 6
      ? request.topics
      : request.topicNames.map((name) => ({ name, topicId: ZERO_UUID }));
  return { responses: topics.map(({ name, topicId }) => deleteOne(name, topicId, context)) };
});

function deleteOne(name: string | null, topicId: string, context: RequestContext) {
  const { cluster, broker } = context;
  const topic = name === null ? cluster.image.topicById(topicId) : cluster.image.topic(name);
  if (name === null && topic === undefined) {
    return {
      name,
      topicId,
      errorCode: ERROR.UNKNOWN_TOPIC_ID,
      errorMessage: 'This server does not host this topic ID.',
    };
  }
  const described = name ?? topic!.name;
  if (!mayOnCluster(context, 'delete') && !may(context, 'delete', 'topic', described)) {
    const isVisible = may(context, 'describe', 'topic', described);
    if (isVisible && topic === undefined) {
      return { name, topicId, errorCode: ERROR.UNKNOWN_TOPIC_OR_PARTITION };
    }
    return {
      name: name ?? (isVisible ? described : null),
      topicId,
      errorCode: ERROR.TOPIC_AUTHORIZATION_FAILED,
      errorMessage: 'Topic authorization failed.',
    };
  }
  const named = { name: name ?? topic!.name, topicId: topic?.id ?? topicId };
  if (brokerConfig(cluster, broker, 'delete.topic.enable') !== 'true') {
    return {
      ...named,
      errorCode: ERROR.TOPIC_DELETION_DISABLED,
      errorMessage: 'Topic deletion is disabled.',
    };
  }
  return { ...named, ...cluster.controller.deleteTopic(named.name, mutationAdmission(context, 5)) };
}
