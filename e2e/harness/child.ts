import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';

/** A program that the tests start, with its output kept in a file and its end awaited. */
export class Child {
  readonly process: ChildProcess;
  readonly exited: Promise<number | null>;
  #output = '';

  constructor(
    command: string,
    args: string[],
    options: { env?: Record<string, string | undefined>; cwd?: string; logFile: string },
  ) {
    this.process = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log = createWriteStream(options.logFile, { flags: 'a' });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (text: string) => {
        log.write(text);
        this.#output = (this.#output + text).slice(-65536);
      });
    }
    this.exited = new Promise((settle) => {
      this.process.once('error', () => settle(null));
      this.process.once('exit', (code) => settle(code));
    });
  }

  /** The last 64 KiB of what it printed. */
  get output(): string {
    return this.#output;
  }

  get isRunning(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Resolves when the output matches; rejects when the program ends first or time is up. */
  async waitFor(pattern: RegExp, timeoutMs: number): Promise<RegExpMatchArray> {
    const deadline = Date.now() + timeoutMs;
    while (Date.now() < deadline) {
      const match = this.#output.match(pattern);
      if (match) return match;
      if (!this.isRunning)
        throw new Error(`The program ended before ${pattern} was printed:\n${this.#output}`);
      await new Promise((resume) => setTimeout(resume, 50));
    }
    throw new Error(`${pattern} was not printed within ${timeoutMs} ms:\n${this.#output}`);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM', graceMs = 20_000): Promise<number | null> {
    if (!this.isRunning) return this.exited;
    this.process.kill(signal);
    const kill = setTimeout(() => this.process.kill('SIGKILL'), graceMs);
    const code = await this.exited;
    clearTimeout(kill);
    return code;
  }
}
