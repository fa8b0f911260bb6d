import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** Resident memory of a process in megabytes (Linux). */
export function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(status.match(/^VmRSS:\s+(\d+) kB/m)?.[1] ?? Number.NaN) / 1024;
}

/** The most that a process has held, looked at each 20 ms. */
export class PeakMemory {
  #mostMb = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(pid: number) {
    this.#timer = setInterval(() => {
      this.#mostMb = Math.max(this.#mostMb, residentMegabytes(pid));
    }, 20);
  }

  end(): number {
    clearInterval(this.#timer);
    return this.#mostMb;
  }
}

/** Milliseconds since a process was started (Linux, in steps of 10 ms). */
export function processAgeMs(pid: number): number {
  const upSeconds = Number(readFileSync('/proc/uptime', 'utf8').split(' ', 1)[0]);
  return upSeconds * 1000 - statOf(pid)[19]! * 10;
}

/** Milliseconds of processor time that a process has used (Linux, in steps of 10 ms). */
export function processorMs(pid: number): number {
  const stat = statOf(pid);
  return (stat[11]! + stat[12]!) * 10;
}

/** Milliseconds of processor time that this process's children have used that have ended (Linux, in steps of 10 ms). */
export function childrenProcessorMs(): number {
  const stat = statOf(process.pid);
  return (stat[13]! + stat[14]!) * 10;
}

/** The fields of a process's stat from its state on; times are hundredths of a second. */
function statOf(pid: number): number[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

/**
 * Until the machine is mostly idle, for five minutes at most (Linux): Kafka's brokers go on making the logs of new topics
 * for a minute or two after they have answered.
 */
export async function untilQuiet(): Promise<void> {
  for (let second = 0; second < 300; second += 2) {
    const before = processorTime();
    await new Promise((resume) => setTimeout(resume, 2000));
    const after = processorTime();
    if ((after.idle - before.idle) / (after.all - before.all) > 0.7) return;
  }
}

function processorTime(): { idle: number; all: number } {
  const times = readFileSync('/proc/stat', 'utf8')
    .split('\n', 1)[0]!
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return { idle: times[3]! + times[4]!, all: times.reduce((sum, time) => sum + time, 0) };
}

/** Milliseconds that a GET takes, its body read to the end. Throws unless it answers 200. */
export async function timeGet(url: string): Promise<number> {
  const started = performance.now();
  const response = await fetch(url);
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
  return performance.now() - started;
}

/** Bytes of all scripts that a page names in its HTML, each compressed with gzip; browsers of today leave `nomodule` out. */
export async function firstLoadScripts(page: string): Promise<number> {
  const html = await (await fetch(page)).text();
  const tags = html.match(/<script\b[^>]*\bsrc="[^"]+"[^>]*>/g) ?? [];
  const sources = tags
    .filter((tag) => !/\bnomodule\b/i.test(tag))
    .map((tag) => tag.match(/src="([^"]+)"/)![1]!);
  let bytes = 0;
  for (const source of new Set(sources)) {
    const script = await fetch(new URL(source, page));
    if (!script.ok) throw new Error(`${source} answered ${script.status}`);
    bytes += gzipSync(Buffer.from(await script.arrayBuffer())).length;
  }
  return bytes;
}

/** A Markdown table of rows of cells. */
export function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
