import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { projectDir, resultsDir } from '../harness/folders.ts';
import { kafkaClassPath } from '../harness/kafka-jars.ts';
import { MAIN_CLASS, type OfficialTool, type ToolResult } from '../harness/official-tool.ts';

/** One call of a tool, as it is handed to the JVM. */
export interface ToolCall {
  tool: OfficialTool;
  args: readonly string[];
  stdin?: string;
}

type Answer = { id: number; failure?: string } & Partial<ToolResult>;

const ENDED = 'The JVM of the tools has ended';

/** One JVM in which Kafka's tools run one after another (ToolRunner.java says how). */
export class ToolProcess {
  #child: ChildProcessByStdio<Writable, Readable, Readable>;
  #waiting = new Map<number, (answer: Answer) => void>();
  #lastId = 0;
  #hasEnded = false;

  constructor(name: string) {
    mkdirSync(resultsDir, { recursive: true });
    const jvm = ['-Xmx512m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Dlog4j2.level=OFF'];
    // ToolRunner.java keeps tools from ending the JVM.
    jvm.push('-Djava.security.manager=allow');
    const source = join(projectDir, 'e2e/tools/ToolRunner.java');
    this.#child = spawn('java', [...jvm, '-cp', kafkaClassPath(), source], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child.stderr.pipe(createWriteStream(join(resultsDir, `tools-${name}.log`)));
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      const answer = JSON.parse(line) as Answer;
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
    this.#child.once('close', () => {
      this.#hasEnded = true;
      for (const [id, settle] of this.#waiting) settle({ id, failure: ENDED });
    });
  }

  /** Runs a tool to its end. `status` is null when it took longer than `timeoutMs`. */
  async run(call: ToolCall, timeoutMs: number): Promise<ToolResult> {
    return this.#result({ op: 'run', ...this.#launch(call), timeoutMs });
  }

  /** Begins a tool that goes on until it is stopped. */
  async start(name: string, call: ToolCall): Promise<void> {
    await this.#ask({ op: 'start', name, ...this.#launch(call) });
  }

  /** Ends a tool that was started, as SIGTERM does. */
  async stop(name: string, timeoutMs: number): Promise<ToolResult> {
    return this.#result({ op: 'stop', name, timeoutMs });
  }

  close(): void {
    this.#child.stdin.end();
  }

  #launch({ tool, args, stdin }: ToolCall) {
    return { main: MAIN_CLASS[tool], args, stdin: stdin ?? '' };
  }

  async #result(request: object): Promise<ToolResult> {
    const { status = null, stdout = '', stderr = '' } = await this.#ask(request);
    return { status, stdout, stderr };
  }

  async #ask(request: object): Promise<Answer> {
    if (this.#hasEnded) throw new Error(ENDED);
    const id = ++this.#lastId;
    const answer = await new Promise<Answer>((settle) => {
      this.#waiting.set(id, settle);
      this.#child.stdin.write(`${JSON.stringify({ id, ...request })}\n`);
    });
    if (answer.failure) throw new Error(answer.failure);
    return answer;
  }
}
