import { createInterface } from 'node:readline/promises';
import { InvalidEnvironment, readEnv } from '../../libs/config/env.js';
import { isDatabaseAway } from '../../libs/db/availability.js';
import { CommandFailed, EXIT, WrongUse, type Command, type Terminal } from './command.js';
import { companyCreate } from './commands/company-create.js';
import { companyExport } from './commands/company-export.js';
import { companyAllow } from './commands/company-allow.js';
import { companyHost } from './commands/company-host.js';
import { companyRemove } from './commands/company-remove.js';
import { companyResume, companySuspend } from './commands/company-suspend.js';
import { health } from './commands/health.js';
import { link } from './commands/link.js';
import { migrateCommand } from './commands/migrate.js';
import { operatorToken } from './commands/operator-token.js';
import { seedDemo } from './commands/seed-demo.js';
import { unlink } from './commands/unlink.js';
import { userCreate } from './commands/user-create.js';
import { userReset } from './commands/user-reset.js';
import { parseFailure } from './parse-failure.js';

/** A command is one file and one line here. */
const commands: readonly Command[] = [
  migrateCommand, seedDemo, companyCreate, companySuspend, companyResume, companyHost, companyAllow, companyExport, companyRemove, userCreate, userReset,
  operatorToken, link, unlink, health,
];

const help = (): string => [
  'hilo: la línea de comandos de quien opera la plataforma.',
  '',
  ...commands.flatMap((command) => [`  hilo ${command.usage}`, `      ${command.summary}`]),
  '',
  'Salida: 0 hecho · 1 no se pudo · 2 mal llamado · 130 cancelado.',
].join('\n');

/** `link` is one word, `company create` two. */
const wordsOf = ({ name }: Command): number => name.split(' ').length;

/** What went wrong, in words for the operator; the exit code says which kind. */
function report(problem: unknown, command: Command, terminal: Terminal): number {
  const usageProblem = problem instanceof WrongUse ? problem.message : parseFailure(problem);
  if (usageProblem !== undefined) {
    terminal.error(usageProblem);
    terminal.error(`Uso: hilo ${command.usage}`);
    return EXIT.wrongUse;
  }
  if (problem instanceof CommandFailed || problem instanceof InvalidEnvironment) terminal.error(problem.message);
  else if (isDatabaseAway(problem)) {
    terminal.error('PostgreSQL no responde. ¿Está corriendo `npm start`, o apunta bien DATABASE_URL?');
  } else terminal.error(problem instanceof Error ? (problem.stack ?? problem.message) : String(problem));
  return EXIT.failed;
}

/**
 * Runs one command of the operator.
 * @param args what came after `hilo`
 * @param signal aborted by Ctrl-C
 * @param environment the process's own, unless a spec gives another
 * @returns the exit code
 */
export async function runHilo(
  args: string[], terminal: Terminal, signal: AbortSignal, environment?: Record<string, string | undefined>,
): Promise<number> {
  const [name] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    terminal.out(help());
    return name === undefined ? EXIT.wrongUse : EXIT.done;
  }
  const command = commands.find((one) => one.name === args.slice(0, wordsOf(one)).join(' '));
  if (!command) {
    terminal.error(`No existe el comando «${args.slice(0, 2).join(' ')}».`);
    terminal.error(help());
    return EXIT.wrongUse;
  }
  const rest = args.slice(wordsOf(command));
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.out(`Uso: hilo ${command.usage}\n${command.summary}`);
    return EXIT.done;
  }
  try {
    return await command.run(rest, { env: readEnv(environment), terminal, signal });
  } catch (problem) {
    if (signal.aborted) return EXIT.interrupted;
    return report(problem, command, terminal);
  }
}

/** A line of standard input; where that ends first, nobody is there. */
async function readStandardInput(signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: process.stdin });
  const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  try {
    return await Promise.race([lines.question('', { signal }), ended]);
  } finally {
    lines.close();
  }
}

if (import.meta.main) {
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  process.once('SIGTERM', () => interrupted.abort());
  const terminal: Terminal = { out: (line) => console.log(line), error: (line) => console.error(line), readLine: readStandardInput };
  process.exitCode = await runHilo(process.argv.slice(2), terminal, interrupted.signal);
}
