import { type CreateTopicBody, createTopicBody } from '../../lib/contract/topics.ts';
import { type AmountField, amountValue } from '../configs/config-units.ts';

/** Configs with a field of their own in the create form; every other one goes by its name. */
export const COMMON_CONFIGS = [
  'cleanup.policy',
  'retention.ms',
  'retention.bytes',
  'min.insync.replicas',
  'max.message.bytes',
] as const;

export type CleanupPolicy = '' | 'delete' | 'compact' | 'compact,delete';

/** The create form as typed: texts, so that half-typed numbers can stand in it. Empty means the cluster's default. */
export interface TopicForm {
  name: string;
  partitionCount: string;
  replicationFactor: string;
  cleanupPolicy: CleanupPolicy;
  retention: AmountField;
  retentionSize: AmountField;
  minInsyncReplicas: string;
  maxMessage: AmountField;
  others: { name: string; value: string }[];
}

export const EMPTY_TOPIC_FORM: TopicForm = {
  name: '',
  partitionCount: '',
  replicationFactor: '',
  cleanupPolicy: '',
  retention: { amount: '', unit: 'd', isUnlimited: false },
  retentionSize: { amount: '', unit: 'GiB', isUnlimited: false },
  minInsyncReplicas: '',
  maxMessage: { amount: '', unit: 'MiB', isUnlimited: false },
  others: [],
};

/** What is known of the cluster while the form is filled in. */
export interface TopicFormContext {
  /** Null while not known: then nothing is held against it. */
  brokersAlive: number | null;
  /** Topics that have this very name, or one that Kafka confuses with it in metric names. */
  takenNames: readonly string[];
}

/** Keys of the sentences under `topics.create.problems`. */
export type TopicFormProblem =
  | 'name-missing'
  | 'name-long'
  | 'name-characters'
  | 'name-dots'
  | 'name-taken'
  | 'name-collides'
  | 'count'
  | 'replication'
  | 'replication-brokers'
  | 'min-isr'
  | 'min-isr-replication'
  | 'amount'
  | 'config-name'
  | 'config-twice';

export type TopicFormProblems = Record<string, TopicFormProblem>;

const CONTRACT_PROBLEMS: Record<string, TopicFormProblem> = {
  'name too_small': 'name-missing',
  'name too_big': 'name-long',
  'name invalid_format': 'name-characters',
  'name custom': 'name-dots',
};

/** Kafka writes metric names with `_` for `.`, so it refuses `a.b` beside `a_b` (Topic.hasCollisionChars). */
export function collidingName(name: string, taken: readonly string[]): string | undefined {
  const plain = name.replaceAll('.', '_');
  return taken.find((other) => other !== name && other.replaceAll('.', '_') === plain);
}

/** The longest part of a name between `.` and `_`: every name that collides with it has that part too. */
export function longestWord(name: string): string {
  return name.split(/[._]/).reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}

function wholeNumber(text: string): number | undefined {
  if (text.trim() === '') return undefined;
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN;
}

/** The body to send, by the contract; fields that are empty are left to the cluster. */
export function createBodyOf(form: TopicForm): CreateTopicBody {
  const configs: Record<string, string> = {};
  const set = (name: string, value: string | null | undefined) => {
    if (value !== null && value !== undefined && value !== '') configs[name] = value;
  };
  set('cleanup.policy', form.cleanupPolicy);
  set('retention.ms', amountValue('duration', form.retention));
  set('retention.bytes', amountValue('size', form.retentionSize));
  set('min.insync.replicas', form.minInsyncReplicas.trim());
  set('max.message.bytes', amountValue('size', form.maxMessage));
  for (const { name, value } of form.others) if (name.trim() !== '') configs[name.trim()] = value;
  return {
    name: form.name,
    partitionCount: wholeNumber(form.partitionCount),
    replicationFactor: wholeNumber(form.replicationFactor),
    configs,
    validateOnly: false,
  };
}

/** What is wrong, by field path (`name`, `retention`, `others.0.name`); empty when the form can be sent. */
export function topicFormProblems(form: TopicForm, context: TopicFormContext): TopicFormProblems {
  return {
    ...contractProblems(form),
    ...nameProblems(form.name, context.takenNames),
    ...replicationProblems(form, context.brokersAlive),
    ...amountProblems(form),
    ...otherConfigProblems(form),
  };
}

function contractProblems(form: TopicForm): TopicFormProblems {
  const problems: TopicFormProblems = {};
  const parsed = createTopicBody.safeParse(createBodyOf(form));
  for (const issue of parsed.error?.issues ?? []) {
    const field = String(issue.path[0] ?? '');
    if (problems[field]) continue;
    if (field === 'partitionCount') problems[field] = 'count';
    else if (field === 'replicationFactor') problems[field] = 'replication';
    else {
      const problem = CONTRACT_PROBLEMS[`${field} ${issue.code}`];
      if (problem) problems[field] = problem;
    }
  }
  return problems;
}

function nameProblems(name: string, taken: readonly string[]): TopicFormProblems {
  if (taken.includes(name)) return { name: 'name-taken' };
  return collidingName(name, taken) ? { name: 'name-collides' } : {};
}

function replicationProblems(form: TopicForm, brokersAlive: number | null): TopicFormProblems {
  const problems: TopicFormProblems = {};
  const factor = wholeNumber(form.replicationFactor);
  const minIsr = wholeNumber(form.minInsyncReplicas);
  if (factor !== undefined && brokersAlive !== null && factor > brokersAlive) {
    problems.replicationFactor = 'replication-brokers';
  }
  if (minIsr !== undefined && !(minIsr >= 1)) problems.minInsyncReplicas = 'min-isr';
  else if (minIsr !== undefined && factor !== undefined && minIsr > factor) {
    problems.minInsyncReplicas = 'min-isr-replication';
  }
  return problems;
}

function amountProblems(form: TopicForm): TopicFormProblems {
  const problems: TopicFormProblems = {};
  if (amountValue('duration', form.retention) === null) problems.retention = 'amount';
  if (amountValue('size', form.retentionSize) === null) problems.retentionSize = 'amount';
  if (amountValue('size', form.maxMessage) === null) problems.maxMessage = 'amount';
  return problems;
}

function otherConfigProblems(form: TopicForm): TopicFormProblems {
  const problems: TopicFormProblems = {};
  const seen = new Set<string>(COMMON_CONFIGS);
  form.others.forEach(({ name }, index) => {
    const trimmed = name.trim();
    if (trimmed === '') problems[`others.${index}.name`] = 'config-name';
    else if (seen.has(trimmed)) problems[`others.${index}.name`] = 'config-twice';
    seen.add(trimmed);
  });
  return problems;
}
