import type { ClusterLink } from './cluster-link.ts';
import { GroupDescriptions } from './group-descriptions.ts';
import { GroupList } from './group-list.ts';
import { GroupOffsets } from './group-offsets.ts';
import { LogDirs } from './log-dirs.ts';
import { MinIsrCensus } from './min-isr-census.ts';
import { Offsets } from './partition-offsets.ts';
import { Reassignments } from './reassignments.ts';
import { TopicConfigs } from './topic-configs.ts';

/** How long an answer may wait for a slow broker in all. */
const ANSWER_WAIT_MS = 1700;
const FIRST_PART_WAIT_MS = 900;

/** Until when an answer that is begun now waits for brokers, in milliseconds since the epoch. */
export function answerBy(): number {
  return Date.now() + ANSWER_WAIT_MS;
}

/** Until when it waits for a first part that others are read by, so that time is left for those. */
export function firstPartBy(): number {
  return Date.now() + FIRST_PART_WAIT_MS;
}

/** What is costly and therefore read only for what is seen: remembered for a moment, each thing read once at a time. */
export class ClusterReads {
  readonly topicConfigs: TopicConfigs;
  readonly minIsr: MinIsrCensus;
  readonly logDirs: LogDirs;
  readonly offsets: Offsets;
  readonly groups: GroupList;
  readonly groupDescriptions: GroupDescriptions;
  readonly groupOffsets: GroupOffsets;
  readonly reassignments: Reassignments;

  constructor(link: ClusterLink) {
    this.topicConfigs = new TopicConfigs(link);
    this.minIsr = new MinIsrCensus(link);
    this.logDirs = new LogDirs(link);
    this.offsets = new Offsets(link);
    this.groups = new GroupList(link);
    this.groupDescriptions = new GroupDescriptions(link);
    this.groupOffsets = new GroupOffsets(link);
    this.reassignments = new Reassignments(link);
  }

  /** Forgets what is remembered of a topic: call it after changing the topic. */
  forgetTopic(topic: string): void {
    this.topicConfigs.forgetTopic(topic);
    this.minIsr.forget();
    this.logDirs.forgetTopic(topic);
    this.offsets.forgetTopic(topic);
    this.reassignments.forget();
  }

  /** Forgets what is remembered of a group: call it after changing the group. */
  forgetGroup(groupId: string): void {
    this.groups.forget();
    this.groupDescriptions.forget(groupId);
    this.groupOffsets.forget(groupId);
  }
}
