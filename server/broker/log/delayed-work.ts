interface Task {
  readonly dueAt: number;
  readonly run: () => unknown;
}

/** Small tasks for later, behind one timer however many there are; they do not keep the process alive. */
export class DelayedWork {
  #tasks: Task[] = [];
  #timer: NodeJS.Timeout | null = null;

  /** Runs `run` once `delayMs` have passed. It must not throw. */
  after(delayMs: number, run: () => unknown): void {
    const task = { dueAt: Date.now() + delayMs, run };
    const last = this.#tasks.at(-1);
    this.#tasks.push(task);
    if (last !== undefined && last.dueAt > task.dueAt) this.#tasks.sort((a, b) => a.dueAt - b.dueAt);
    if (this.#tasks[0] === task) this.#restart();
  }

  /** Forgets all tasks, and returns them. */
  cancel(): (() => unknown)[] {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    return this.#tasks.splice(0).map(({ run }) => run);
  }

  #restart(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const [first] = this.#tasks;
    if (first === undefined) return;
    // A timer's longest delay is 2^31 - 1 ms.
    const delay = Math.min(Math.max(0, first.dueAt - Date.now()), 0x7fff_ffff);
    this.#timer = setTimeout(() => this.#runDue(), delay).unref();
  }

  #runDue(): void {
    this.#timer = null;
    const now = Date.now();
    const later = this.#tasks.findIndex((task) => task.dueAt > now);
    const due = this.#tasks.splice(0, later < 0 ? this.#tasks.length : later);
    for (const task of due) task.run();
    if (this.#timer === null) this.#restart();
  }
}
