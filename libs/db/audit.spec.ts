import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addCompanies, asSuperuser } from '../testing/companies.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-db.js';
import { writeAudit, type Actor } from './audit.js';
import { forCompany } from './company.js';
import { openOrm, type MikroORM } from './orm.js';

let db: TestDatabase;
let orm: MikroORM;
const by: Actor = { company: 'ours', id: randomUUID(), name: 'Sofía', request: 'req-1', address: '10.0.0.7' };

beforeAll(async () => {
  db = await createTestDatabase();
  await addCompanies(db, 'ours', 'theirs');
  orm = await openOrm(db.appUrl);
});
afterAll(async () => {
  await orm.close();
  await db.drop();
});
beforeEach(() => asSuperuser(db, (client) => client.query('truncate audit_log')));

const lines = () => asSuperuser(db, async (client) => (await client.query<Record<string, unknown>>('select * from audit_log order by id')).rows);
const note = (company = 'ours') =>
  forCompany(orm, company, (em) => writeAudit(em, by, { action: 'user.changed', subject: 'u1', before: { role: 'operator', password: 'a' }, after: { role: 'supervisor', password: 'b' } }));

describe('the audit log', () => {
  it('says who changed what, from where, before and after, with secrets masked', async () => {
    await note();
    expect(await lines()).toMatchObject([{
      company: 'ours', actor: by.id, actor_name: 'Sofía', action: 'user.changed', subject: 'u1', request: 'req-1', address: '10.0.0.7',
      before: { role: 'operator', password: '••••' }, after: { role: 'supervisor', password: '••••' }, at: expect.any(Date) as Date,
    }]);
  });

  it('has no line of a change that was not committed', async () => {
    const failed = forCompany(orm, 'ours', async (em) => {
      await writeAudit(em, by, { action: 'mode.changed', subject: 'ours' });
      throw new Error('refused after all');
    });
    await expect(failed).rejects.toThrow('refused after all');
    expect(await lines()).toEqual([]);
  });

  it("is never another company's: nobody writes or reads there", async () => {
    await expect(note('theirs')).rejects.toThrow('row-level security');
    await note();
    expect(await forCompany(orm, 'theirs', (em) => em.execute('select * from audit_log'))).toEqual([]);
  });

  it.each(['audit_log', 'emergency_texts'])('cannot be rewritten: %s is only added to', async (table) => {
    for (const sql of [`update ${table} set company = company`, `delete from ${table}`, `truncate ${table}`]) {
      await expect(forCompany(orm, 'ours', (em) => em.execute(sql))).rejects.toThrow('permission denied');
    }
  });
});
