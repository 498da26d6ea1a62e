import type { MikroORM } from '@mikro-orm/postgresql';
import { Company } from './entities/company.js';

/** Reads across companies: the few tables that are the operator's. Nothing of a company's rows is reachable from here. */

/** A company by its id. */
export const companyById = (orm: MikroORM, id: string): Promise<Company | null> => orm.em.fork().findOne(Company, { id });

/** Of all companies that are served at present. */
export const companyIds = async (orm: MikroORM): Promise<string[]> =>
  (await orm.em.fork().execute<{ id: string }[]>('select id from companies where suspended_at is null order by id')).map(({ id }) => id);

/** Whether there is no second company, so that what shows all companies shows one. */
export const isOnlyCompany = async (orm: MikroORM): Promise<boolean> => (await orm.em.fork().count(Company)) === 1;

const COMPANY_OF_HOST = `select * from companies where id = coalesce(
  (select company from company_hosts where host = ?), (select min(id) from companies having count(*) = 1))`;

/**
 * The company that a host name leads to. While only one company exists, every host is its host.
 * @param host lower case, without port
 */
export async function companyOfHost(orm: MikroORM, host: string): Promise<Company | null> {
  const em = orm.em.fork();
  const [row] = await em.execute<object[]>(COMPANY_OF_HOST, [host]);
  return row ? em.map(Company, row) : null;
}
