import { Failure } from '../../lib/contract/failure.ts';
import { type ProblemCode, problemCode } from '../../lib/contract/problem.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';

const MEANING: Record<ProblemCode, string> = {
  invalid_request:
    'Something in the address, the parameters or the body is not as the contract says; `errors` names each field.',
  unauthenticated: 'Nobody is signed in.',
  forbidden:
    'The caller may not do this, the console is not known under this host name, or a page of another site asked for a change.',
  not_found: 'There is no such cluster, broker, topic, partition or group.',
  conflict: 'It does not go together with how things are now, e.g. a topic of that name exists already.',
  payload_too_large: 'The body is larger than 4 MiB (24 MiB for a message).',
  unsupported_media_type: 'The body was not sent as application/json.',
  refused_by_kafka: 'A broker said no; `detail` has its reason and `kafkaError` its error code.',
  unsupported_by_cluster: 'The brokers are too old for this, or do not offer it.',
  cancelled: 'The caller went away before the answer was ready.',
  internal: 'A fault of Kafdeck itself; `detail` has an id that stands in the log too.',
  broker_unreachable: 'A broker that is needed cannot be connected to.',
  unavailable: 'Not possible at the moment, e.g. while the embedded cluster starts.',
  broker_timeout: 'A broker that is needed did not answer in time.',
};

export interface ProblemGuide {
  code: ProblemCode;
  status: number;
  title: string;
  meaning: string;
  /** Where `type` of a problem points to: `/docs/api#<anchor>`. */
  anchor: string;
}

/** Every problem there can be, with what it means. */
export const problemGuide: ProblemGuide[] = problemCode.options.map((code) => {
  const title = say(`title.${code}`);
  const { status, type } = new Failure(code, title);
  return { code, status, title: title.toString(), meaning: MEANING[code], anchor: type.split('#')[1]! };
});
