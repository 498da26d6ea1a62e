import { openAiVisionReader } from '../../libs/ai/openai-reader.js';
import type { ModelSettings } from '../../libs/ai/openai/settings.js';
import type { ModelFault, VisionReader } from '../../libs/ai/vision-reader.js';
import { forCompany } from '../../libs/db/company.js';
import type { MikroORM } from '../../libs/db/orm.js';
import { localTimeOf } from '../../libs/domain/time/local-time.js';
import type { HttpClient } from '../../libs/http/http-client.js';
import { CannotOpen } from '../../libs/vault/sealed-box.js';
import type { CompanyBox, Vault } from '../../libs/vault/vault.js';
import { modelRowIn, settingsOf, type ModelRow } from './model-rows.js';
import { smallPicture } from './small-picture.js';

/** none: none is set up · off: it is switched off · budget: the day's requests are spent · sealed: its key cannot be opened here. */
export type NoReader = 'none' | 'off' | 'budget' | 'sealed';
export type FoundReader = { reader: VisionReader } | { reader: undefined; why: NoReader };

export interface VisionReaders {
  /** The model with vision of a company, as it is set up now. Without one, receipts are read by rules alone. */
  of(company: string): Promise<FoundReader>;
}

export interface VisionReadersDeps {
  orm: MikroORM;
  vault: Vault;
  /** The guarded client, for one company (`outbound`). */
  http(company: string): HttpClient;
  /** Milliseconds since 1970. */
  now(): number;
}

type Found = ModelRow & { timeZone: string; used: number };

/** The day of a company's calendar, `YYYY-MM-DD`: budgets are of it. */
const dayOf = (now: number, timeZone: string): string => localTimeOf(now, timeZone).slice(0, 10);

async function found({ orm, now }: VisionReadersDeps, company: string): Promise<Found | undefined> {
  return forCompany(orm, company, async (em) => {
    const row = await modelRowIn(em, company);
    if (!row) return undefined;
    const [{ timeZone }] = (await em.execute<{ timeZone: string }[]>('select time_zone as "timeZone" from companies where id = ?', [company])) as [{ timeZone: string }];
    const [usage] = await em.execute<{ requests: number }[]>('select requests from model_usage where company = ? and day = ?::date', [company, dayOf(now(), timeZone)]);
    return { ...row, timeZone, used: usage?.requests ?? 0 };
  });
}

/** Only what says something of the server: a spent budget is ours, a refusal is the picture's. */
const isOfServer = (fault: ModelFault): boolean => !['budget', 'refused', 'truncated'].includes(fault);

async function note({ orm, now }: VisionReadersDeps, company: string, fault: ModelFault | undefined): Promise<void> {
  const at = new Date(now());
  await forCompany(orm, company, (em) => em.execute(
    `insert into model_health (company, ok_at, fault, fault_at) select company, ?::timestamptz, ?, ?::timestamptz from model_settings where company = ?
      on conflict (company) do update set ok_at = coalesce(excluded.ok_at, model_health.ok_at), fault = excluded.fault, fault_at = excluded.fault_at`,
    [fault === undefined ? at : null, fault ?? null, fault === undefined ? null : at, company]));
}

/** A reader whose requests are counted, whose pictures are no larger than a model looks at, and whose end is written down. */
export function countedReader(deps: VisionReadersDeps, company: string, timeZone: string, settings: ModelSettings): VisionReader {
  const spend = async (): Promise<boolean> => {
    const [row] = await forCompany(deps.orm, company, (em) => em.execute<{ taken: boolean }[]>('select model_take_request(?, ?::date) as taken', [company, dayOf(deps.now(), timeZone)]));
    return row!.taken;
  };
  const reader = openAiVisionReader(settings, { http: deps.http(company), spend });
  return {
    model: reader.model,
    read: async (request, signal) => {
      const pictures = await Promise.all(request.pictures.map(smallPicture));
      const reading = await reader.read({ ...request, pictures }, signal);
      if (reading.ok || isOfServer(reading.fault)) await note(deps, company, reading.ok ? undefined : reading.fault);
      return reading;
    },
  };
}

function opened(row: ModelRow, box: CompanyBox): ModelSettings | undefined {
  try {
    return settingsOf(row, box);
  } catch (problem) {
    if (problem instanceof CannotOpen) return undefined;
    throw problem;
  }
}

/** The models of all companies: the one way to them, for activities and the API alike. */
export function visionReaders(deps: VisionReadersDeps): VisionReaders {
  const without = (why: NoReader): FoundReader => ({ reader: undefined, why });
  return {
    of: async (company) => {
      const row = await found(deps, company);
      if (!row) return without('none');
      if (!row.enabled) return without('off');
      if (row.budget_day !== null && row.used >= row.budget_day) return without('budget');
      const settings = opened(row, await deps.vault.forCompany(company));
      return settings ? { reader: countedReader(deps, company, row.timeZone, settings) } : without('sealed');
    },
  };
}
