/** Where the embedded cluster says what happened, one line each. */
export interface Log {
  info(line: string): void;
  warn(line: string): void;
  error(line: string, error?: unknown): void;
}

function writeLine(level: string, line: string): void {
  process.stderr.write(`${new Date().toISOString()} ${level} ${line.replaceAll(/[\r\n]+/g, ' ')}\n`);
}

/** Lines go to stderr: stdout belongs to the one line that says where the cluster is. */
export const stderrLog: Log = {
  info: (line) => writeLine('INFO', line),
  warn: (line) => writeLine('WARN', line),
  error(line, error) {
    writeLine('ERROR', error instanceof Error ? `${line}: ${error.message}` : line);
    if (error instanceof Error && error.stack) process.stderr.write(`${error.stack}\n`);
  },
};
