import type pg from 'pg';
import { z } from 'zod';
import type { CrmDeps } from '../../libs/crm/crm-deps.js';
import type { ConnectionTest, Crm } from '../../libs/crm/crm.js';
import { outside } from '../../libs/crm/registry.js';
import { companyKeys } from '../../libs/db/company-keys.js';
import { openOrm, type MikroORM } from '../../libs/db/orm.js';
import { openPool } from '../../libs/db/pool.js';
import type { CustomerMatch, CustomerOrder, CustomerQuery, OrderResult, QueryResult } from '../../libs/domain/customers.js';
import type { HttpClient, HttpRequest } from '../../libs/http/http-client.js';
import { addCompanies, asSuperuser } from '../../libs/testing/companies.js';
import { createTestDatabase, type TestDatabase } from '../../libs/testing/test-db.js';
import { newCompanyKey, openVault, type Vault } from '../../libs/vault/vault.js';
import { sealSecrets } from '../isp/connections.js';
import { ispSystems, type Answer, type IspSystem, type IspSystems } from '../isp-systems.js';

const MASTER = Buffer.alloc(32, 7);
/** Noon in Buenos Aires. */
export const NOON = Date.parse('2026-11-27T15:00:00Z');
/** Nobody stops waiting. */
export const never = new AbortController().signal;

export const ana: CustomerMatch = { id: '7', name: 'Ana Gómez', services: [], facts: { phoneEndings: ['0301'], serviceNumbers: [], streetNumbers: [] } };

/** What a scripted system says. */
export interface Script {
  ask(query: CustomerQuery, deps: CrmDeps, signal: AbortSignal): Promise<QueryResult>;
  act(order: CustomerOrder, deps: CrmDeps): Promise<OrderResult>;
  test(deps: CrmDeps): Promise<ConnectionTest>;
}

/** As a system that works: Ana by her phone, what somebody owes. */
export const answers = (query: CustomerQuery): QueryResult =>
  query.kind === 'by-phone' ? { ok: true, kind: 'customers', customers: [ana] }
    : { ok: true, kind: 'account', account: { balance: { amount: '100.00', currency: 'ARS' }, invoices: [], suspended: false } };

/** Two companies, `ours` and `theirs`, whose ISP system is a script; the clock stands still until a spec moves it. */
export class ScriptedIsp {
  now = NOON;
  asked: CustomerQuery[] = [];
  opened: { settings: unknown; deps: CrmDeps }[] = [];
  requests: HttpRequest[] = [];
  script!: Script;
  systems!: IspSystems;

  private constructor(private readonly db: TestDatabase, readonly orm: MikroORM, readonly vault: Vault, private readonly pool: pg.Pool) {}

  static async start(): Promise<ScriptedIsp> {
    const db = await createTestDatabase();
    const pool = openPool(db.appUrl, () => undefined);
    const isp = new ScriptedIsp(db, await openOrm(db.appUrl), openVault({ masterKey: MASTER, loadKeys: companyKeys(pool) }), pool);
    await addCompanies(db, 'ours', 'theirs');
    for (const company of ['ours', 'theirs']) {
      const { id, wrapped } = newCompanyKey(MASTER, company);
      await isp.sql('insert into company_keys (company, id, wrapped) values ($1, $2, $3)', [company, id, wrapped]);
    }
    return isp;
  }

  async stop(): Promise<void> {
    await Promise.all([this.orm.close(), this.pool.end()]);
    await this.db.drop();
  }

  sql<T extends object>(text: string, values: unknown[] = []): Promise<T[]> {
    return asSuperuser(this.db, async (client) => (await client.query<T>(text, values)).rows);
  }

  /** Nothing was ever asked, and both companies have the scripted system active. */
  async reset(): Promise<void> {
    [this.now, this.asked, this.opened, this.requests] = [NOON, [], [], []];
    this.script = { ask: (query) => Promise.resolve(answers(query)), act: () => Promise.resolve({ ok: true, done: 'now' }), test: () => Promise.resolve({ ok: true, ms: 5 }) };
    await this.sql('truncate isp_connections cascade');
    for (const company of ['ours', 'theirs']) {
      const secrets = sealSecrets(await this.vault.forCompany(company), 'mikrowisp', { token: `token-of-${company}` });
      await this.sql(`insert into isp_connections (company, system, active, settings, secrets, per_second) values ($1, 'mikrowisp', true, $2, $3, 50)`,
        [company, { url: `https://${company}.example` }, secrets]);
    }
    this.systems = this.over((request) => {
      this.requests.push(request);
      return Promise.resolve({ status: 200, headers: {}, body: new Uint8Array(), url: request.url });
    });
  }

  /** The systems as another process would open them, over another network. */
  over(http: HttpClient): IspSystems {
    return ispSystems({ orm: this.orm, vault: this.vault, http: () => http, now: () => this.now, systems: { mikrowisp: this.#scripted() } });
  }

  ours(): Promise<IspSystem> {
    return this.systems.of('ours');
  }

  async ask(query: CustomerQuery, company = 'ours'): Promise<Answer> {
    return (await this.systems.of(company)).ask(query, never);
  }

  /** From now on it does not answer. */
  fail(fault: 'timeout' | 'bad-response' = 'timeout'): void {
    this.script.ask = () => Promise.resolve({ ok: false, reason: 'unavailable', fault });
  }

  #scripted() {
    return outside({
      name: 'Guion', capabilities: ['by-phone', 'account', 'connection', 'plans', 'pay'],
      settings: z.object({ url: z.url(), token: z.string() }),
      open: (settings, deps): Crm => {
        this.opened.push({ settings, deps });
        return {
          ask: (query, signal) => {
            this.asked.push(query);
            return this.script.ask(query, deps, signal);
          },
          act: (order) => this.script.act(order, deps),
          test: () => this.script.test(deps),
        };
      },
    });
  }
}
