import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import { modelRowIn, openModelKey, sealModelKey, type ModelRow } from '../../../activities/models/model-rows.js';
import { tryModel } from '../../../activities/models/try-model.js';
import { visionReaders } from '../../../activities/models/vision-readers.js';
import { outbound } from '../../../activities/outbound.js';
import { openAiVisionReader } from '../../../libs/ai/openai-reader.js';
import { modelRanges } from '../../../libs/ai/openai/settings.js';
import type { ModelFault, VisionReader } from '../../../libs/ai/vision-reader.js';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import { secretEnding } from '../../../libs/domain/isp/connection.js';
import { localTimeOf } from '../../../libs/domain/time/local-time.js';
import type { HttpClient } from '../../../libs/http/http-client.js';
import type { CompanyBox } from '../../../libs/vault/vault.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import type { ModelChange, ModelDraft, ModelTried, ModelTry, ModelView } from './models.schema.js';

/** How long somebody waits for a trial at most. */
const TRY_LIMIT_MS = 190_000;
const originOf = (url: string): string => new URL(url).origin;

/** The model of a company: how it is reached, whether it works. */
@Injectable()
export class Models {
  readonly #http: (company: string) => HttpClient;

  constructor(@Inject(SOURCES) private readonly sources: Sources) {
    const { pool, env, outgoing } = sources;
    this.#http = outgoing ?? outbound({ pool, installation: env.OUTBOUND_ALLOW });
  }

  read(company: string): Promise<ModelView> {
    return forCompany(this.sources.orm, company, (em) => viewIn(em, company));
  }

  /** @throws ProblemException `conflict` for who saw an older one, `secret-elsewhere` when the kept key is another address's */
  async save(by: Actor, change: ModelChange): Promise<ModelView> {
    const { company } = by;
    const box = await this.sources.vault.forCompany(company);
    return forCompany(this.sources.orm, company, async (em) => {
      await em.execute('select from companies where id = ? for no key update', [company]);
      const before = await modelRowIn(em, company, 'for update');
      if ((before?.version ?? 0) !== change.version) throw new ProblemException('conflict');
      const key = keyOf(change, before, box);
      await write(em, by, change, key, key === undefined ? null : sealModelKey(box, key));
      await em.execute('delete from model_health where company = ?', [company]); // it was of the settings before
      const after = await modelRowIn(em, company);
      await writeAudit(em, by, { action: 'model.saved', subject: company, ...(before && { before: factsOf(before) }), after: { ...factsOf(after!), ...(change.key !== undefined && { secretReplaced: true }) } });
      return viewIn(em, company);
    });
  }

  async remove(by: Actor): Promise<ModelView> {
    const { company } = by;
    return forCompany(this.sources.orm, company, async (em) => {
      const before = await modelRowIn(em, company, 'for update');
      if (!before) return viewIn(em, company);
      await em.execute('delete from model_settings where company = ?', [company]);
      await writeAudit(em, by, { action: 'model.removed', subject: company, before: factsOf(before) });
      return viewIn(em, company);
    });
  }

  /** Shows it a picture. What is saved counts as every request does; what is only typed is asked once and kept nowhere. @throws ProblemException `not-found`, `secret-elsewhere` */
  async test(company: string, { draft }: ModelTry): Promise<ModelTried> {
    const found = draft ? await this.#typed(company, draft) : await this.#saved(company);
    if (typeof found === 'string') return { ok: false, sees: false, ms: 0, fault: found };
    const { reading, sees, ms } = await tryModel(found, () => Date.now(), AbortSignal.timeout(TRY_LIMIT_MS));
    if (reading.ok) return { ok: sees, sees, ms };
    return { ok: false, sees, ms, fault: reading.fault, ...(reading.detail === '' ? {} : { detail: reading.detail }) };
  }

  async #typed(company: string, draft: ModelDraft): Promise<VisionReader> {
    const box = await this.sources.vault.forCompany(company);
    const row = await forCompany(this.sources.orm, company, (em) => modelRowIn(em, company));
    const { visionModel: model, key: _, ...settings } = draft;
    const key = keyOf(draft, row, box);
    return openAiVisionReader({ ...settings, model, ...(key === undefined ? {} : { key }) }, { http: this.#http(company), spend: () => Promise.resolve(true) });
  }

  async #saved(company: string): Promise<VisionReader | ModelFault> {
    const { orm, vault } = this.sources;
    const found = await visionReaders({ orm, vault, http: this.#http, now: () => Date.now() }).of(company);
    if (found.reader) return found.reader;
    if (found.why === 'none' || found.why === 'off') throw new ProblemException('not-found');
    return found.why === 'budget' ? 'budget' : 'auth';
  }
}

/** The key that counts: what is typed, or the saved one, which goes to the address that it was typed for and to no other. @throws ProblemException `secret-elsewhere` */
function keyOf({ key, baseUrl }: Pick<ModelDraft, 'key' | 'baseUrl'>, saved: ModelRow | undefined, box: CompanyBox): string | undefined {
  if (key !== undefined) return key ?? undefined;
  if (!saved?.key) return undefined;
  if (originOf(saved.base_url) !== originOf(baseUrl)) throw new ProblemException('secret-elsewhere', { fields: ['key'] });
  return openModelKey(box, saved.key);
}

const COLUMNS = ['base_url', 'api', 'structured', 'vision_model', 'key', 'key_ending', 'timeout_ms', 'max_tokens', 'budget_day', 'enabled', 'saved_by'];
const WRITE = `insert into model_settings (company, ${COLUMNS.join(', ')}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::uuid)
  on conflict (company) do update set ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}, version = model_settings.version + 1, saved_at = clock_timestamp()`;

async function write(em: EntityManager, by: Actor, change: ModelChange, key: string | undefined, sealed: Buffer | null): Promise<void> {
  const { baseUrl, api, structured, visionModel, timeoutMs, maxTokens, budgetDay, enabled } = change;
  await em.execute(WRITE, [by.company, baseUrl, api, structured, visionModel, sealed, key === undefined ? '' : secretEnding(key), timeoutMs, maxTokens, budgetDay, enabled, by.id]);
}

/** For the audit log: of the key that there is one. */
const factsOf = (row: ModelRow) => ({
  address: row.base_url, api: row.api, structured: row.structured, visionModel: row.vision_model, hasSecret: row.key !== null, timeoutMs: row.timeout_ms, longest: row.max_tokens,
  budgetDay: row.budget_day, enabled: row.enabled,
});

interface Facts {
  timeZone: string;
  okAt: Date | string | null;
  fault: ModelFault | null;
  faultAt: Date | string | null;
}

async function viewIn(em: EntityManager, company: string): Promise<ModelView> {
  const row = await modelRowIn(em, company);
  const [facts] = (await em.execute<Facts[]>(
    'select c.time_zone as "timeZone", h.ok_at as "okAt", h.fault, h.fault_at as "faultAt" from companies c left join model_health h on h.company = c.id where c.id = ?', [company])) as [Facts];
  const [usage] = await em.execute<{ requests: number }[]>('select requests from model_usage where company = ? and day = ?::date', [company, localTimeOf(Date.now(), facts.timeZone).slice(0, 10)]);
  const iso = (at: Date | string) => new Date(at).toISOString();
  const health = { ...(facts.okAt !== null && { okAt: iso(facts.okAt) }), ...(facts.fault !== null && { fault: facts.fault }), ...(facts.faultAt !== null && { faultAt: iso(facts.faultAt) }) };
  return {
    version: row?.version ?? 0, today: usage?.requests ?? 0, ranges: modelRanges, ...(Object.keys(health).length > 0 && { health }),
    ...(row && {
      settings: {
        baseUrl: row.base_url, api: row.api, structured: row.structured, visionModel: row.vision_model, timeoutMs: row.timeout_ms, maxTokens: row.max_tokens, budgetDay: row.budget_day,
        enabled: row.enabled, savedAt: iso(row.saved_at), ...(row.key !== null && { keyEnding: row.key_ending }),
      },
    }),
  };
}
