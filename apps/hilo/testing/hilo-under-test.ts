import { randomBytes } from 'node:crypto';
import { runHilo } from '../main.js';

/** What one run of the command line said, and how it ended. */
export interface Ran {
  exitCode: number;
  out: string;
  error: string;
}

/** A run that has not ended yet. */
export interface Running {
  /** What it has said so far. */
  readonly out: () => string;
  readonly ended: Promise<Ran>;
  /** Ctrl-C. */
  interrupt(): void;
}

/** An environment of its own for specs: the databases given, a fresh master key, ports where nobody listens. */
export const environmentFor = (urls: { appUrl: string; ownerUrl: string }, dataDir: string): Record<string, string> => ({
  DATABASE_URL: urls.appUrl,
  DATABASE_OWNER_URL: urls.ownerUrl,
  HILO_MASTER_KEY: randomBytes(32).toString('base64'),
  DATA_DIR: dataDir,
  TEMPORAL_PORT: '1',
  PORT: '1',
  SIMULATOR_PORT: '1',
});

/** Starts `hilo <args>` in this process. @param typed what somebody types when they are asked */
export function startHilo(args: string[], environment: Record<string, string>, typed = ''): Running {
  const [out, error]: [string[], string[]] = [[], []];
  const interrupted = new AbortController();
  const terminal = { out: (line: string) => void out.push(line), error: (line: string) => void error.push(line), readLine: async () => typed };
  const run = runHilo(args, terminal, interrupted.signal, environment);
  return {
    out: () => out.join('\n'),
    ended: run.then((exitCode) => ({ exitCode, out: out.join('\n'), error: error.join('\n') })),
    interrupt: () => interrupted.abort(),
  };
}

/** Runs `hilo <args>` to its end. */
export const hilo = (args: string[], environment: Record<string, string>, typed?: string): Promise<Ran> => startHilo(args, environment, typed).ended;
