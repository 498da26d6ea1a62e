import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { temporalAddress, type Env } from '../../../libs/config/env.js';
import { MediaUnavailable } from '../../../libs/media/media-store.js';
import { openMedia } from '../../../libs/media/open-media.js';
import { searchAttributes } from '../../../libs/temporal/search-attributes.js';
import { CommandFailed, EXIT, type Command, type CommandContext } from '../command.js';
import { companyId, exactly } from '../company/arguments.js';
import { unknown } from '../company/platform-rows.js';
import { removeCompanyRows } from '../company/removal.js';
import { withOwner } from '../connections.js';

const CALL_LIMIT_MS = 30_000;
const REASON = 'hilo company remove';

/** Asks the operator to type the id: what follows cannot be undone. */
async function confirmed(company: string, { terminal, signal }: CommandContext): Promise<boolean> {
  terminal.out(`Se borran TODOS los datos de «${company}»: conversaciones, tickets, personas, números. No se puede deshacer.`);
  terminal.out(`Para seguir, escribí el id de la empresa (${company}):`);
  return (await terminal.readLine(signal)).trim() === company;
}

/** Ends the company's open workflows: they would look for rows that are gone. @returns how many @throws CommandFailed without Temporal */
async function endWorkflows(env: Env, company: string): Promise<number> {
  const address = temporalAddress(env);
  const connection = Connection.lazy({ address, connectTimeout: CALL_LIMIT_MS });
  const client = new Client({ connection, namespace: env.TEMPORAL_NAMESPACE });
  const query = `${searchAttributes.company.name} = '${company}' and ExecutionStatus = 'Running'`;
  try {
    return await connection.withDeadline(Date.now() + CALL_LIMIT_MS, async () => {
      let ended = 0;
      for await (const { workflowId, runId } of client.workflow.list({ query })) {
        await client.workflow.getHandle(workflowId, runId).terminate(REASON).catch(endedByItself);
        ended += 1;
      }
      return ended;
    });
  } catch {
    throw new CommandFailed(`Temporal (${address}) no responde: nada se borró, la empresa quedó suspendida. Fijate que esté corriendo y volvé a probar.`);
  } finally {
    await connection.close();
  }
}

/** Before the rows: what fails here can be done again. @returns how many @throws CommandFailed */
async function eraseFiles(env: Env, company: string): Promise<number> {
  try {
    return await openMedia(env).erase(company);
  } catch (problem) {
    if (!(problem instanceof MediaUnavailable)) throw problem;
    throw new CommandFailed(`No se pudieron borrar los archivos (${problem.message}): los datos siguen ahí, la empresa quedó suspendida. Volvé a probar.`);
  }
}

function endedByItself(problem: unknown): void {
  if (!(problem instanceof Error && problem.name === 'WorkflowNotFoundError')) throw problem;
}

async function remove(company: string, { env, terminal }: CommandContext): Promise<void> {
  await withOwner(env, async (owner) => {
    // Closed first, so that no request and no gateway adds rows while they are deleted.
    const { rowCount } = await owner.query('update companies set suspended_at = coalesce(suspended_at, now()) where id = $1', [company]);
    if (!rowCount) throw new CommandFailed(unknown(company));
    const workflows = await endWorkflows(env, company);
    const files = await eraseFiles(env, company);
    const removed = await removeCompanyRows(owner, company);
    for (const { table, rows } of removed) terminal.out(`${String(rows).padStart(8)}  ${table}`);
    terminal.out(`${String(files).padStart(8)}  archivos`);
    terminal.out(`${String(workflows).padStart(8)}  workflows terminados`);
  });
  terminal.out(`La empresa «${company}» ya no existe.`);
}

export const companyRemove: Command = {
  name: 'company remove',
  summary: 'Borra una empresa con todos sus datos y termina sus workflows. No se puede deshacer.',
  usage: 'company remove <empresa> [--yes <empresa>]',
  async run(args, context) {
    const { values, positionals } = parseArgs({ args, strict: true, allowPositionals: true, options: { yes: { type: 'string' } } });
    const company = companyId(exactly(positionals, 'el id de la empresa')[0]);
    const sure = values.yes === undefined ? await confirmed(company, context) : values.yes === company;
    if (!sure) throw new CommandFailed('Lo escrito no es el id de la empresa: no se borró nada.');
    await remove(company, context);
    return EXIT.done;
  },
};
