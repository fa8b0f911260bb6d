import { addPartition, type TopicPartitions } from './assignor.ts';

/** Tasks by subtopology. */
export interface TaskAssignment {
  readonly active: TopicPartitions;
  readonly standby: TopicPartitions;
  readonly warmup: TopicPartitions;
}

export interface TaskMember {
  readonly processId: string;
  /** What it was to have before. */
  readonly before: TaskAssignment;
}

export interface TaskGroup {
  readonly members: ReadonlyMap<string, TaskMember>;
  readonly subtopologies: readonly {
    readonly id: string;
    readonly taskCount: number;
    readonly isStateful: boolean;
  }[];
  readonly standbyReplicas: number;
}

interface Task {
  readonly key: string;
  readonly subtopology: string;
  readonly partition: number;
}

interface Worker {
  readonly memberId: string;
  readonly process: Process;
  readonly active: Map<string, Set<number>>;
  readonly standby: Map<string, Set<number>>;
  count: number;
}

interface Process {
  readonly workers: Worker[];
  readonly tasks: Set<string>;
}

/** How many tasks a member may get before others are served: what is left, shared out among those that still have room. */
class Quota {
  perMember: number;
  #tasks: number;
  #members: number;

  constructor(tasks: number, members: number) {
    this.#tasks = tasks;
    this.#members = members;
    this.perMember = members === 0 ? 0 : Math.ceil(tasks / members);
  }

  /** A member has reached so many. */
  reached(count: number): void {
    if (count !== this.perMember) return;
    this.#members -= 1;
    this.#tasks -= count;
    this.perMember = this.#members === 0 ? 0 : Math.ceil(this.#tasks / this.#members);
  }
}

/**
 * `sticky`, for streams groups (KIP-1071): a task stays where it was, else goes where its state is kept, else to the process
 * and member with the least to do; standby copies never go to the process that has the task itself.
 */
export function sticky({ members, subtopologies, standbyReplicas }: TaskGroup): Map<string, TaskAssignment> {
  const processes = new Map<string, Process>();
  const workers = new Map<string, Worker>();
  for (const [memberId, { processId }] of members) {
    const process = processes.get(processId) ?? { workers: [], tasks: new Set<string>() };
    processes.set(processId, process);
    const worker = { memberId, process, active: new Map(), standby: new Map(), count: 0 };
    process.workers.push(worker);
    workers.set(memberId, worker);
  }
  const tasksOf = (some: TaskGroup['subtopologies']) =>
    some.flatMap(({ id, taskCount }) =>
      Array.from({ length: taskCount }, (_, partition) => taskOf(id, partition)),
    );
  const active = tasksOf(subtopologies);
  const stateful = tasksOf(subtopologies.filter(({ isStateful }) => isStateful));
  const quotas = {
    active: new Quota(active.length, members.size),
    total: new Quota(active.length + stateful.length * standbyReplicas, members.size),
  };
  const before = earlier(members, workers);
  if (workers.size > 0) {
    assignActive(active, before, [...processes.values()], quotas);
    if (standbyReplicas > 0)
      assignStandby(stateful, standbyReplicas, before, [...processes.values()], quotas.total);
  }
  return new Map(
    [...workers].map(([memberId, { active: own, standby }]) => [
      memberId,
      { active: own, standby, warmup: new Map() },
    ]),
  );
}

function taskOf(subtopology: string, partition: number): Task {
  return { key: `${subtopology}_${partition}`, subtopology, partition };
}

interface Earlier {
  readonly active: ReadonlyMap<string, Worker>;
  readonly standby: ReadonlyMap<string, readonly Worker[]>;
}

function earlier(members: TaskGroup['members'], workers: ReadonlyMap<string, Worker>): Earlier {
  const active = new Map<string, Worker>();
  const standby = new Map<string, Worker[]>();
  for (const [memberId, { before }] of members) {
    const worker = workers.get(memberId)!;
    for (const [subtopology, partitions] of before.active) {
      for (const partition of partitions) active.set(taskOf(subtopology, partition).key, worker);
    }
    for (const [subtopology, partitions] of before.standby) {
      for (const partition of partitions) {
        const { key } = taskOf(subtopology, partition);
        standby.set(key, [...(standby.get(key) ?? []), worker]);
      }
    }
  }
  return { active, standby };
}

function give(worker: Worker, { key, subtopology, partition }: Task, role: 'active' | 'standby'): number {
  worker.process.tasks.add(key);
  addPartition(worker[role], subtopology, partition);
  worker.count += 1;
  return worker.count;
}

function load({ workers, tasks }: Process): number {
  return tasks.size / workers.length;
}

function byPartition(a: Task, b: Task): number {
  return a.partition - b.partition || (a.subtopology < b.subtopology ? -1 : 1);
}

function bySubtopology(a: Task, b: Task): number {
  return a.subtopology === b.subtopology ? a.partition - b.partition : a.subtopology < b.subtopology ? -1 : 1;
}

function assignActive(
  tasks: readonly Task[],
  before: Earlier,
  processes: readonly Process[],
  { active, total }: { active: Quota; total: Quota },
): void {
  const place = (task: Task, worker: Worker) => {
    const count = give(worker, task, 'active');
    active.reached(count);
    total.reached(count);
  };
  const keep = (some: readonly Task[], former: (task: Task) => Worker | undefined) =>
    some.filter((task) => {
      const worker = former(task);
      if (worker === undefined || worker.count >= active.perMember) return true;
      place(task, worker);
      return false;
    });
  const moved = keep([...tasks].sort(byPartition), ({ key }) => before.active.get(key));
  const homeless = keep(moved, ({ key }) => idlest(before.standby.get(key) ?? []));
  for (const task of homeless.sort(bySubtopology)) place(task, idlestOf(leastLoaded(processes)!));
}

function assignStandby(
  tasks: readonly Task[],
  replicas: number,
  before: Earlier,
  processes: readonly Process[],
  total: Quota,
): void {
  const open: { task: Task; left: number }[] = [];
  for (const task of [...tasks].sort(byPartition).reverse()) {
    for (let replica = 0; replica < replicas; replica += 1) {
      const isFree = (worker: Worker | undefined): worker is Worker =>
        worker !== undefined && !worker.process.tasks.has(task.key) && worker.count < total.perMember;
      const former = before.active.get(task.key);
      const copies = (before.standby.get(task.key) ?? []).filter(isFree);
      const worker = isFree(former) ? former : idlest(copies);
      if (worker === undefined) {
        open.push({ task, left: replicas - replica });
        break;
      }
      total.reached(give(worker, task, 'standby'));
    }
  }
  for (const { task, left } of open.sort((a, b) => bySubtopology(b.task, a.task))) {
    for (let replica = 0; replica < left; replica += 1) {
      const process = leastLoaded(processes.filter((each) => !each.tasks.has(task.key)));
      if (process === undefined) break; // Not enough processes for so many copies.
      total.reached(give(idlestOf(process), task, 'standby'));
    }
  }
}

function leastLoaded(processes: readonly Process[]): Process | undefined {
  return processes.reduce<Process | undefined>(
    (best, each) => (best === undefined || load(each) < load(best) ? each : best),
    undefined,
  );
}

function idlestOf({ workers }: Process): Worker {
  return idlest(workers)!;
}

function idlest(workers: readonly Worker[]): Worker | undefined {
  return workers.reduce<Worker | undefined>(
    (best, each) => (best === undefined || each.count < best.count ? each : best),
    undefined,
  );
}
