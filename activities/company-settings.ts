import type { MikroORM } from '@mikro-orm/postgresql';
import { readProfile } from '../libs/db/company-profile.js';
import { forCompany } from '../libs/db/company.js';
import { readReceiptPolicy } from '../libs/db/receipt-policy.js';
import { FlowVersion } from '../libs/db/entities/flow-version.js';
import { companyById } from '../libs/db/platform.js';
import { defaultLimits, type Limits, type ReceiptFile, type Settings } from '../libs/domain/conversation/state.js';
import { DomainError } from '../libs/domain/errors.js';
import { parseFlow, type Flow, type Flows } from '../libs/domain/flow/flow.js';
import type { Capabilities } from '../libs/domain/flow/offered.js';
import type { IspSystems } from './isp-systems.js';

export interface CompanySettings {
  /** Name, clock, money, limits, which files it takes as receipts and what it says of itself, at most a few seconds old. */
  company(id: string): Promise<Settings['company'] & { limits: Limits; takes: readonly ReceiptFile[] }>;
  /** What its ISP system can be asked, and whether that has stopped answering; as old. */
  isp(id: string): Promise<Settings['isp']>;
  /** The flows of these versions, by kind. @throws DomainError `flow-invalid` */
  flows(company: string, versions: Record<string, string>): Promise<Flows>;
}

/** Changed settings reach conversations within this time, without anybody being told. */
const FRESH_MS = 5_000;

/** Reads again what is older than a few seconds; a failed read is forgotten. */
function lately<T>(now: () => number, read: (id: string) => Promise<T>): (id: string) => Promise<T> {
  const known = new Map<string, { atMs: number; value: Promise<T> }>();
  return (id) => {
    const last = known.get(id);
    if (last && now() - last.atMs < FRESH_MS) return last.value;
    const value = read(id);
    known.set(id, { atMs: now(), value });
    value.catch(() => known.delete(id));
    return value;
  };
}

async function readCompany(orm: MikroORM, id: string): ReturnType<CompanySettings['company']> {
  const row = await companyById(orm, id);
  if (!row) throw new Error('No such company');
  const { name, timeZone, locale, currency, resetAfterMinutes, identityHours, ownerSilenceMinutes, botLoopSilenceMinutes, lateAfterMinutes } = row;
  const limits = { ...defaultLimits, resetAfterMinutes, identityHours, ownerSilenceMinutes, botLoopSilenceMinutes, lateAfterMinutes };
  const { profile: { hours, welcome, contacts }, policy } = await forCompany(orm, id, async (em) => ({ profile: await readProfile(em, id), ...(await readReceiptPolicy(em, id)) }));
  const profile = { contacts, ...(hours ? { hours } : {}), ...(welcome ? { welcome } : {}) };
  return { name, timeZone, locale, currency, profile, limits, takes: policy.mode === 'off' ? [] : policy.files };
}

/** Reads settings for decisions. Flow versions never change, so they are kept; a company's row is read again after a while. */
export function companySettings(orm: MikroORM, now: () => number, systems: Pick<IspSystems, 'of'>): CompanySettings {
  const versions = new Map<string, Promise<Flow>>();

  const readIsp = async (id: string): Promise<Settings['isp']> => {
    const { capabilities, health } = await systems.of(id);
    // Orders are among them, too; no menu asks for those.
    return { capabilities: capabilities as Capabilities, down: health.state === 'down' };
  };

  const readVersion = async (company: string, id: string): Promise<Flow> => {
    const version = await forCompany(orm, company, (em) => em.findOne(FlowVersion, { company, id }));
    if (!version) throw new DomainError('flow-invalid', `no version ${id}`);
    return parseFlow(version.definition);
  };

  /** Keeps what a key leads to; a failed read is forgotten, so that the next one tries again. */
  const kept = <T>(map: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> => {
    const known = map.get(key);
    if (known) return known;
    const reading = read();
    map.set(key, reading);
    reading.catch(() => map.delete(key));
    return reading;
  };

  return {
    company: lately(now, (id) => readCompany(orm, id)),
    isp: lately(now, readIsp),
    flows: async (company, ids) => {
      const read = async (kind: keyof Flows): Promise<Flow> => {
        const id = ids[kind];
        if (!id) throw new DomainError('flow-invalid', `no published ${kind} flow`);
        return kept(versions, `${company}/${id}`, () => readVersion(company, id));
      };
      const [support, sales] = await Promise.all([read('support'), read('sales')]);
      return { support, sales };
    },
  };
}
