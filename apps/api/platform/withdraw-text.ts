import { forCompany } from '../../../libs/db/company.js';
import type { MikroORM } from '../../../libs/db/orm.js';

/**
 * Takes an accepted text back whose workflow did not answer, so that nothing of it happens later. One that the workflow has
 * settled stays.
 * @returns whether it was taken back; false also when there was none
 */
export const withdrawText = (orm: MikroORM, company: string, request: string): Promise<boolean> =>
  forCompany(orm, company, async (em) => {
    const gone = await em.execute<object[]>('delete from outbox_texts where company = ? and request = ?::uuid and settled_at is null returning id', [company, request]);
    return gone.length > 0;
  });
