import type { Env } from '../../libs/config/env.js';

/** Where a command speaks and listens: the process's standard streams, or a test's. */
export interface Terminal {
  out(line: string): void;
  error(line: string): void;
  /** The next line that somebody types; empty when nobody is there. Rejects when the signal aborts. */
  readLine(signal: AbortSignal): Promise<string>;
}

export interface CommandContext {
  env: Env;
  terminal: Terminal;
  /** Aborted by Ctrl-C: a command that waits gives up in order. */
  signal: AbortSignal;
}

/** One command of the operator. `summary` and `usage` are shown by `hilo help`. */
export interface Command {
  name: string;
  summary: string;
  usage: string;
  /**
   * @returns the process's exit code
   * @throws WrongUse for arguments that make no sense, CommandFailed for what the operator can put right
   */
  run(args: string[], context: CommandContext): Promise<number>;
}

/** Exit codes: done, could not be done, called the wrong way, given up by Ctrl-C. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2, interrupted: 130 } as const;

/** The command was called the wrong way; the message is Spanish and is followed by the command's usage. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}

/** What the operator can put right, in one Spanish sentence that says how. Anything else that is thrown is a defect. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}
