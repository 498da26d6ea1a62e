import type pg from 'pg';
import { sqlState } from '../../../libs/db/pool.js';
import { newCompanyKey } from '../../../libs/vault/vault.js';
import { CommandFailed } from '../command.js';

const UNIQUE = '23505';
const NO_COMPANY = '23503';

export interface NewCompany {
  id: string;
  name: string;
  host: string;
  timeZone: string;
}

/** The operator's rows of a company: itself, its host and a data key of its own. All or nothing. */
export async function addPlatformRows(owner: pg.Client, { id, name, host, timeZone }: NewCompany, masterKey: Uint8Array): Promise<void> {
  const key = newCompanyKey(masterKey, id);
  await owner.query('begin');
  try {
    await owner.query('insert into companies (id, name, time_zone) values ($1, $2, $3)', [id, name, timeZone]).catch(taken(`La empresa «${id}» ya existe.`));
    await addHost(owner, id, host);
    await owner.query('insert into company_keys (company, id, wrapped) values ($1, $2, $3)', [id, key.id, key.wrapped]);
    await owner.query('commit');
  } catch (problem) {
    await owner.query('rollback');
    throw problem;
  }
}

/** @throws CommandFailed when the host leads somewhere already, or there is no such company */
export async function addHost(owner: pg.Client, company: string, host: string): Promise<void> {
  await owner.query('insert into company_hosts (host, company) values ($1, $2)', [host, company])
    .catch(taken(`El host «${host}» ya es de una empresa.`, unknown(company)));
}

/** Sentence for a company that is not there. */
export const unknown = (company: string): string => `La empresa «${company}» no existe.`;

/** Turns what the database refuses into words for the operator. */
function taken(duplicate: string, missing?: string): (problem: unknown) => never {
  return (problem) => {
    if (sqlState(problem) === UNIQUE) throw new CommandFailed(duplicate);
    if (missing !== undefined && sqlState(problem) === NO_COMPANY) throw new CommandFailed(missing);
    throw problem;
  };
}
