import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCompanies, asSuperuser } from '../../../libs/testing/companies.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';

let db: TestDatabase;
let api: ApiUnderTest;

beforeAll(async () => {
  db = await createTestDatabase();
  await addCompanies(db, 'litoral');
  api = await openApi(db.appUrl);
});
afterAll(async () => {
  await api.close();
  await db.drop();
});

describe('GET /api/company/public', () => {
  it('is any host while only one company exists', async () => {
    expect(await api.get('/api/company/public', '127.0.0.1:3000')).toMatchObject({ status: 200, body: { name: 'Empresa litoral' } });
  });

  describe('with two companies', () => {
    beforeAll(async () => {
      await addCompanies(db, 'vecina');
      await asSuperuser(db, (client) =>
        client.query(`insert into company_hosts values ('litoral.example', 'litoral'), ('vecina.example', 'vecina')`));
    });

    it('is the company of the host, whatever its case and port', async () => {
      expect((await api.get('/api/company/public', 'litoral.example')).body).toMatchObject({ name: 'Empresa litoral' });
      expect((await api.get('/api/company/public', 'Vecina.Example:3000')).body).toMatchObject({ name: 'Empresa vecina' });
    });

    it("is not another company's, whatever else the request says", async () => {
      const response = await api.app.inject({
        method: 'GET',
        url: '/api/company/public?company=vecina',
        headers: { host: 'litoral.example', 'x-forwarded-host': 'vecina.example', 'x-company': 'vecina', origin: 'http://vecina.example' },
      });
      expect(response.json()).toMatchObject({ name: 'Empresa litoral' });
      expect(response.body).not.toContain('vecina');
    });

    it('shows nothing but what is meant for everybody', async () => {
      expect(Object.keys((await api.get('/api/company/public', 'litoral.example')).body as object).sort()).toEqual(['locale', 'name', 'timeZone']);
    });

    it.each(['nadie.example', 'demo.litoral.example', 'litoral.example.evil.example'])('is nobody for %s', async (host) => {
      expect(await api.get('/api/company/public', host)).toMatchObject({ status: 404, body: { code: 'company-unknown', status: 404 } });
    });

    it('is closed for a suspended company', async () => {
      await asSuperuser(db, (client) => client.query(`update companies set suspended_at = now() where id = 'vecina'`));
      expect(await api.get('/api/company/public', 'vecina.example')).toMatchObject({ status: 403, body: { code: 'company-suspended' } });
      expect((await api.get('/api/company/public', 'litoral.example')).status).toBe(200);
    });
  });
});
