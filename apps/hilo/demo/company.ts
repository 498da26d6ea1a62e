import type pg from 'pg';
import { newCompanyKey, type Vault } from '../../../libs/vault/vault.js';
import { CommandFailed } from '../command.js';
import { DEMO_COMPANY, DEMO_COMPANY_NAME, DEMO_HOST } from './demo-company.js';

/**
 * The platform's rows of the demo company, with a data key of its own. What exists is left as it is.
 * @param owner the owner's connection: the app role may only read these tables
 */
export async function seedCompany(owner: pg.Client, masterKey: Uint8Array): Promise<void> {
  await owner.query('insert into companies (id, name) values ($1, $2) on conflict (id) do nothing', [DEMO_COMPANY, DEMO_COMPANY_NAME]);
  await owner.query('insert into company_hosts (host, company) values ($1, $2) on conflict (host) do nothing', [DEMO_HOST, DEMO_COMPANY]);
  const key = newCompanyKey(masterKey, DEMO_COMPANY);
  await owner.query(
    `insert into company_keys (company, id, wrapped) select $1, $2, $3
      where not exists (select from company_keys where company = $1) on conflict do nothing`,
    [DEMO_COMPANY, key.id, key.wrapped],
  );
}

/** @throws CommandFailed when the stored key was wrapped by another master key: nothing that was sealed could be read */
export async function checkKey(vault: Vault): Promise<void> {
  try {
    await vault.forCompany(DEMO_COMPANY);
  } catch (problem) {
    if (!(problem instanceof Error) || problem.name !== 'CannotOpen') throw problem;
    throw new CommandFailed(
      'HILO_MASTER_KEY no es la clave con la que se crearon estos datos. Poné la anterior, o empezá con otro DATA_DIR.',
    );
  }
}
