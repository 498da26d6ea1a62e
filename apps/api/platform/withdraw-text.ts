import { forCompany } from '../../../libs/db/company.js';
import type { MikroORM } from '../../../libs/db/orm.js';

/**
 * Takes an accepted text back whose workflow could not be asked, so that nothing of it happens later. One that the workflow has
 * settled stays.
 */
export const withdrawText = (orm: MikroORM, company: string, request: string): Promise<unknown> =>
  forCompany(orm, company, (em) => em.execute('delete from outbox_texts where company = ? and request = ?::uuid and settled_at is null', [company, request]));
