import type { OfficialTool } from '../harness/official-tool.ts';
import type { Normaliser } from './normalise.ts';

/** One call of an official tool that must do the same on Apache Kafka and on the embedded cluster. */
export interface Step {
  readonly tool: OfficialTool;
  /**
   * As typed in a shell, with double quotes where an argument has spaces. Filled in for each cluster: `{bootstrap}`,
   * `{sasl}` (the listeners that ask for a name), `{dir}` (what the cluster keeps on disk), `{broker1}` … (a broker's address), and `{file:name}` (one of `files`).
   */
  readonly args: string;
  readonly stdin?: string;
  /** Files that the arguments name, with the same things filled in. */
  readonly files?: Readonly<Record<string, string>>;
  /** The tool goes on under this name, and the next step begins, until a step that stops it. */
  readonly start?: string;
  /** Nothing is called: ends the tool of that name, and compares what it printed. */
  readonly stop?: string;
  /**
   * Changes nothing, so it is asked again, for some seconds, until both clusters answer the same: brokers hear of a
   * change a moment after the tool that made it has ended. A pattern must also be found in what both print.
   */
  readonly reads?: true | RegExp;
  /** What differs from run to run on one and the same cluster, made alike. */
  readonly alike?: readonly Normaliser[];
  /** A true difference: lines with this pattern are left out of the comparison, and why. */
  readonly explained?: { readonly lines: RegExp; readonly why: string };
  /** Not the same yet, and why. The step must then differ: it is unmarked in the change that mends it. */
  readonly notYet?: string;
}

/** Steps that build on one another, apart from those of other themes. */
export interface Theme {
  readonly name: string;
  readonly steps: readonly Step[];
}

type Options = Omit<Step, 'tool' | 'args'>;

/** Makes steps of one tool, each with the cluster's addresses as its first argument. */
export const stepsOf =
  (tool: OfficialTool, option = '--bootstrap-server') =>
  (args: string, options: Options = {}): Step => ({
    tool,
    args: `${option} {bootstrap} ${args}`,
    ...options,
  });

/** A step with nothing added to its arguments. */
export const step = (tool: OfficialTool, args: string, options: Options = {}): Step => ({
  tool,
  args,
  ...options,
});

/** Stops what `start` began. */
export const stopping = (started: Step, options: Options = {}): Step => ({
  tool: started.tool,
  args: '',
  stop: started.start,
  ...options,
});

/** `{file:quick.properties}` for a tool that would wait for what never comes. */
export const IMPATIENT = {
  'quick.properties': 'default.api.timeout.ms=3000\nrequest.timeout.ms=2000\n',
} as const;
