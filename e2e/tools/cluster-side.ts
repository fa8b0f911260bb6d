import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchDir } from '../harness/folders.ts';
import type { ToolResult } from '../harness/official-tool.ts';
import { type ClusterFacts, normalised } from './normalise.ts';
import type { Step } from './step.ts';
import { type ToolCall, ToolProcess } from './tool-process.ts';

const TIMEOUT_MS = 60_000;

/** A cluster and the JVM in which the tools run against it. */
export class ClusterSide {
  readonly #facts: ClusterFacts;
  readonly #tools: ToolProcess;
  readonly #files = scratchDir('files');

  constructor(name: string, cluster: { bootstrapServers: string; saslServers: string; dir: string }) {
    this.#facts = {
      addresses: cluster.bootstrapServers.split(','),
      saslAddresses: cluster.saslServers.split(','),
      dir: cluster.dir,
    };
    this.#tools = new ToolProcess(name);
  }

  /** Does a step and gives its result as it is compared. */
  async perform(step: Step): Promise<ToolResult> {
    const result = await this.#call(step);
    const alike = [(text: string) => text.replaceAll(this.#files, '<files>'), ...(step.alike ?? [])];
    return normalised(result, this.#facts, alike, step.explained?.lines);
  }

  close(): void {
    this.#tools.close();
  }

  async #call(step: Step): Promise<ToolResult> {
    if (step.stop) return this.#tools.stop(step.stop, TIMEOUT_MS);
    const call: ToolCall = {
      tool: step.tool,
      args: words(this.#filled(step.args, this.#write(step.files ?? {}))),
      stdin: step.stdin,
    };
    if (!step.start) return this.#tools.run(call, TIMEOUT_MS);
    await this.#tools.start(step.start, call);
    return { status: null, stdout: '', stderr: '' };
  }

  #write(files: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
    mkdirSync(this.#files, { recursive: true });
    return new Map(
      Object.entries(files).map(([name, content]) => {
        const path = join(this.#files, name);
        writeFileSync(path, this.#filled(content, new Map()));
        return [name, path];
      }),
    );
  }

  #filled(text: string, paths: ReadonlyMap<string, string>): string {
    const { addresses, saslAddresses, dir } = this.#facts;
    return text.replace(/\{(bootstrap|sasl|dir|broker(\d)|file:([\w.-]+))\}/g, (_, what, broker, file) => {
      if (what === 'bootstrap') return addresses.join(',');
      if (what === 'sasl') return saslAddresses.join(',');
      if (what === 'dir') return dir;
      if (broker) return addresses[Number(broker) - 1]!;
      return paths.get(file) ?? join(this.#files, file);
    });
  }
}

/** Splits a command line at blanks, but not within double quotes. */
function words(line: string): string[] {
  return [...line.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ''));
}
