import { randomUUID } from 'node:crypto';
import { p } from '@mikro-orm/core';

/** First column of every company's table, and of its key. */
export const company = () => p.string().primary();

/**
 * A company's row is named by company and id together. The id is made here, not by the database: MikroORM would take what an
 * insert returns for the whole key, and forget the company of the entity.
 */
export const companyAndId = () => ({ company: company(), id: p.uuid().primary().onCreate(() => randomUUID()) });

/** Name of the filter that `forCompany` switches on: the first of the two locks, row-level security being the second. */
export const COMPANY_FILTER = 'company';

/** Each company's entity carries this filter; without the parameter that `forCompany` sets, a query fails instead of seeing all. */
export const companyFilter = {
  [COMPANY_FILTER]: {
    name: COMPANY_FILTER,
    cond: (parameters: Record<string, unknown>) => ({ company: parameters['company'] }),
    default: true,
    args: true,
  },
};
