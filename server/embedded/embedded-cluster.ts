import { type ChildProcess, fork } from 'node:child_process';
import { Failure } from '../../lib/contract/failure.ts';
import { type Sentence, spoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import {
  type ControlRequest,
  controlMessage,
  type EmbeddedStatus,
} from '../../lib/kafka/embedded-control.ts';

export interface EmbeddedClusterOptions {
  /** Path of `server/broker/main.mjs`. */
  program: string;
  args: string[];
  execArgv?: string[];
  /** Milliseconds before a crashed process is started again, one entry a try; when all are used it has failed. */
  restartDelaysMs?: number[];
}

type State = 'starting' | 'running' | 'failed' | 'stopped';
type Operation = Pick<Extract<ControlRequest, { op: 'stop-broker' }>, 'op' | 'broker' | 'mode'>;
type Request = { op: 'status' | 'shutdown' } | { op: 'start-broker'; broker: number } | Operation;

interface Waiting {
  resolve(status: EmbeddedStatus): void;
  reject(failure: Failure): void;
  timer: NodeJS.Timeout;
}

const RESTART_DELAYS_MS = [500, 1000, 2000, 4000, 8000];
/** A process that ran this long and then crashed has its tries again. */
const STABLE_MS = 60_000;
const REQUEST_TIMEOUT_MS = 30_000;
const START_TIMEOUT_MS = 30_000;
const SHUTDOWN_TIMEOUT_MS = 4000;

/** The embedded cluster's process: started, watched, started again after a crash, asked to stop and start brokers. */
export class EmbeddedCluster {
  readonly #options: EmbeddedClusterOptions;
  readonly #listeners = new Set<() => void>();
  readonly #waiting = new Map<number, Waiting>();
  #child: ChildProcess | null = null;
  #state: State = 'stopped';
  #error: Sentence | null = null;
  #status: EmbeddedStatus | null = null;
  #nextId = 1;
  #crashes = 0;
  /** It has run since `start()`: only then is a crash worth another try. */
  #wasReady = false;
  #startedAt = 0;
  #restart: NodeJS.Timeout | null = null;

  constructor(options: EmbeddedClusterOptions) {
    this.#options = options;
  }

  get state(): State {
    return this.#state;
  }

  /** Why it failed, one sentence. */
  get error(): Sentence | null {
    return this.#error;
  }

  /** As the process last told; null before it is ready. */
  get status(): EmbeddedStatus | null {
    return this.#status;
  }

  /** Calls `listener` after every change of state or status. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Starts the process. Does nothing while it is starting or running. */
  start(): void {
    if (this.#state === 'starting' || this.#state === 'running') return;
    this.#crashes = 0;
    this.#wasReady = false;
    this.#launch();
  }

  /** Its status once every broker listens; throws a Failure `unavailable` when that does not come. */
  ready(): Promise<EmbeddedStatus> {
    const { promise, resolve, reject } = Promise.withResolvers<EmbeddedStatus>();
    const look = (): boolean => {
      if (this.#state === 'running' && this.#status) resolve(this.#status);
      else if (this.#state === 'starting') return false;
      else reject(this.#unavailable());
      return true;
    };
    if (!look()) {
      const stop = this.onChange(() => {
        if (look()) stop();
      });
      const timer = setTimeout(() => reject(this.#unavailable()), START_TIMEOUT_MS);
      const settle = () => {
        stop();
        clearTimeout(timer);
      };
      promise.then(settle, settle);
    }
    return promise;
  }

  /** What its process uses, now. */
  readStatus(): Promise<EmbeddedStatus> {
    return this.#request({ op: 'status' });
  }

  stopBroker(broker: number, mode: 'controlled' | 'hard'): Promise<EmbeddedStatus> {
    return this.#request({ op: 'stop-broker', broker, mode });
  }

  startBroker(broker: number): Promise<EmbeddedStatus> {
    return this.#request({ op: 'start-broker', broker });
  }

  /** Stops every broker cleanly and ends the process; after four seconds it is ended whatever it does. */
  async close(): Promise<void> {
    if (this.#restart) clearTimeout(this.#restart);
    this.#restart = null;
    const child = this.#child;
    this.#set('stopped', null);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.send({ type: 'request', id: this.#nextId++, op: 'shutdown' } satisfies ControlRequest, () => {});
    const timer = setTimeout(() => child.kill('SIGKILL'), SHUTDOWN_TIMEOUT_MS);
    await exited;
    clearTimeout(timer);
  }

  /** Ends the process at once, whatever it is doing. */
  kill(): void {
    this.#state = 'stopped';
    this.#child?.kill('SIGKILL');
  }

  #launch(): void {
    this.#startedAt = Date.now();
    this.#set('starting', null);
    const child = fork(this.#options.program, this.#options.args, {
      execArgv: this.#options.execArgv ?? [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child = child;
    let said: string | null = null;
    child.on('message', (message) => {
      if (this.#child !== child) return;
      const parsed = controlMessage.safeParse(message);
      if (!parsed.success) return;
      if (parsed.data.type === 'failed') said = parsed.data.error;
      else this.#hear(parsed.data);
    });
    child.once('error', (error) => {
      said = error.message;
      // A process that could not be started never exits.
      if (child.pid === undefined) this.#ended(child, said, null);
    });
    child.once('exit', (code) => this.#ended(child, said, code));
  }

  #hear(message: Exclude<ReturnType<typeof controlMessage.parse>, { type: 'failed' }>): void {
    if (message.type === 'reply') {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (waiting) clearTimeout(waiting.timer);
      if (message.ok) this.#status = message.status;
      if (message.ok) waiting?.resolve(message.status);
      else waiting?.reject(new Failure('conflict', spoken(message.error)));
      this.#tell();
      return;
    }
    this.#status = message.status;
    if (message.type === 'ready') {
      this.#wasReady = true;
      this.#set('running', null);
    } else {
      this.#tell();
    }
  }

  #ended(child: ChildProcess, said: string | null, code: number | null): void {
    if (this.#child !== child) return;
    this.#child = null;
    this.#status = null;
    for (const waiting of this.#waiting.values()) {
      clearTimeout(waiting.timer);
      waiting.reject(new Failure('unavailable', say('embedded.stopped')));
    }
    this.#waiting.clear();
    if (this.#state === 'stopped') return;
    if (said !== null) this.#set('failed', spoken(said));
    else if (code === 0) this.#set('stopped', null);
    else if (!this.#wasReady) this.#set('failed', say('embedded.endedEarly'));
    else this.#restartLater();
  }

  #restartLater(): void {
    if (Date.now() - this.#startedAt > STABLE_MS) this.#crashes = 0;
    const delay = (this.#options.restartDelaysMs ?? RESTART_DELAYS_MS)[this.#crashes++];
    if (delay === undefined) {
      this.#set('failed', say('embedded.crashes'));
      return;
    }
    this.#set('starting', null);
    this.#restart = setTimeout(() => this.#launch(), delay);
  }

  #request(request: Request): Promise<EmbeddedStatus> {
    const child = this.#child;
    if (!child?.connected || this.#state !== 'running') return Promise.reject(this.#unavailable());
    const { promise, resolve, reject } = Promise.withResolvers<EmbeddedStatus>();
    const id = this.#nextId++;
    const timer = setTimeout(() => {
      this.#waiting.delete(id);
      reject(new Failure('broker_timeout', say('embedded.late')));
    }, REQUEST_TIMEOUT_MS);
    this.#waiting.set(id, { resolve, reject, timer });
    child.send({ type: 'request', id, ...request } satisfies ControlRequest, (error) => {
      if (!error || !this.#waiting.delete(id)) return;
      clearTimeout(timer);
      reject(this.#unavailable());
    });
    return promise;
  }

  #unavailable(): Failure {
    if (this.#state === 'starting') {
      return new Failure('unavailable', say('embedded.starting'), {
        action: say('embedded.starting.do'),
      });
    }
    return new Failure(
      'unavailable',
      this.#error ? say('embedded.offBecause', { why: this.#error }) : say('embedded.off'),
      { action: say('embedded.off.do') },
    );
  }

  #set(state: State, error: Sentence | null): void {
    this.#state = state;
    this.#error = error;
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
