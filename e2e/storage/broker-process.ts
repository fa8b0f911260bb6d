import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ControlMessage, controlMessage } from '../../lib/kafka/embedded-control.ts';
import { projectDir, resultsDir } from '../harness/folders.ts';
import { freePortBlock } from '../harness/ports.ts';

/** The embedded cluster in a process of its own that can be killed in the middle of anything, and started again. */
export class BrokerProcess {
  readonly #dataDir: string;
  readonly #args: readonly string[];
  #firstPort = 0;
  #child: ChildProcess | null = null;
  #requests = 0;

  constructor(dataDir: string, args: readonly string[] = []) {
    this.#dataDir = dataDir;
    this.#args = args;
  }

  get addresses(): string[] {
    return [0, 1, 2].map((index) => `127.0.0.1:${this.#firstPort + index}`);
  }

  get isRunning(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resolves when every broker listens; returns the milliseconds that took. */
  async start(): Promise<number> {
    if (this.#firstPort === 0) this.#firstPort = await freePortBlock(3);
    const started = performance.now();
    const args = ['--data-dir', this.#dataDir, '--port', String(this.#firstPort), ...this.#args];
    const child = fork(join(projectDir, 'server/broker/main.mjs'), args, {
      execArgv: ['--max-semi-space-size=8'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    mkdirSync(resultsDir, { recursive: true });
    const log = createWriteStream(join(resultsDir, 'durability-broker.log'), { flags: 'a' });
    child.stdout?.pipe(log);
    child.stderr?.pipe(log);
    await this.#hear((message) => message.type === 'ready');
    return performance.now() - started;
  }

  /** As if the power were cut, but for what the operating system holds. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null || !this.isRunning) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** Resolves when everything is in order on disk and the process has ended. */
  async close(): Promise<void> {
    const child = this.#child;
    if (child === null || !this.isRunning) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }

  stopBroker(broker: number, mode: 'controlled' | 'hard'): Promise<void> {
    return this.#ask({ op: 'stop-broker', broker, mode });
  }

  startBroker(broker: number): Promise<void> {
    return this.#ask({ op: 'start-broker', broker });
  }

  async #ask(request: object): Promise<void> {
    const id = ++this.#requests;
    const reply = this.#hear((message) => message.type === 'reply' && message.id === id);
    this.#child?.send({ type: 'request', id, ...request });
    const answer = await reply;
    if (answer.type === 'reply' && !answer.ok) throw new Error(answer.error);
  }

  #hear(matches: (message: ControlMessage) => boolean): Promise<ControlMessage> {
    const child = this.#child!;
    return new Promise((resolve, reject) => {
      const ended = () => reject(new Error('The embedded cluster ended'));
      const listen = (raw: unknown) => {
        const message = controlMessage.parse(raw);
        if (message.type === 'failed') reject(new Error(message.error));
        if (!matches(message)) return;
        child.off('message', listen).off('exit', ended);
        resolve(message);
      };
      child.on('message', listen).once('exit', ended);
    });
  }
}
