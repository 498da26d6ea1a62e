import type { MikroORM } from '@mikro-orm/postgresql';
import { Company } from './entities/company.js';
import { CompanyHost } from './entities/company-host.js';

/** Reads across companies: the few tables that are the operator's. Nothing of a company's rows is reachable from here. */

/** A company by its id. */
export const companyById = (orm: MikroORM, id: string): Promise<Company | null> => orm.em.fork().findOne(Company, { id });

/**
 * The company that a host name leads to. While only one company exists, every host is its host.
 * @param host lower case, without port
 */
export async function companyOfHost(orm: MikroORM, host: string): Promise<Company | null> {
  const em = orm.em.fork();
  const named = await em.findOne(CompanyHost, { host });
  if (named) return em.findOne(Company, { id: named.company });
  const [only, second] = await em.find(Company, {}, { limit: 2 });
  return only && !second ? only : null;
}
