import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import { LONGEST_EMERGENCY_MESSAGE, refusalOf, type Mode } from '../../../libs/domain/modes/mode.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import type { EmergencyMessageView, ModeView } from './tools.schema.js';

interface ModeRow {
  mode: Mode | null;
  since: Date | string | null;
  by: { id: string; name: string } | null;
  kept: number;
}

interface TextRow {
  version: number;
  text: string;
  at: Date | string;
  by: { id: string; name: string } | null;
}

/** One row, also where the company has none of its own yet. */
const MODE = `select o.mode, case when o.changed_by is not null then o.since end as since, case when u.id is not null then json_build_object('id', u.id, 'name', u.name) end as by,
    (select count(*)::int from conversations v where v.company = c.id and v.kept_since is not null) as kept
  from companies c left join operating_modes o on o.company = c.id left join users u on u.company = o.company and u.id = o.changed_by
  where c.id = ?`;
const TEXT = `select e.version, e.text, e.saved_at as at, case when u.id is not null then json_build_object('id', u.id, 'name', u.name) end as by
  from emergency_texts e left join users u on u.company = e.company and u.id = e.saved_by
  where e.company = ? order by e.version desc limit 1`;

/** The mode of a company and the message of its emergencies. Decisions read the same rows, so a change counts with the next message. */
@Injectable()
export class OperatingModes {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  mode(company: string): Promise<ModeView> {
    return forCompany(this.sources.orm, company, (em) => modeIn(em, company));
  }

  /** Begins a mode; the one that is on already stays as it is. @throws ProblemException `emergency-message-missing` */
  change(by: Actor, mode: Mode): Promise<ModeView> {
    const { company } = by;
    return forCompany(this.sources.orm, company, async (em) => {
      const before = await lockMode(em, company);
      const text = await textIn(em, company);
      const refusal = refusalOf(mode, text !== undefined);
      if (refusal) throw new ProblemException(refusal);
      if (mode === before) return modeIn(em, company);
      await em.execute('update operating_modes set mode = ?, since = clock_timestamp(), changed_by = ?::uuid where company = ?', [mode, by.id, company]);
      const said = mode === 'emergency' ? { emergencyMessage: text?.version } : {};
      await writeAudit(em, by, { action: 'mode.changed', subject: company, before: { mode: before }, after: { mode, ...said } });
      return modeIn(em, company);
    });
  }

  message(company: string): Promise<EmergencyMessageView> {
    return forCompany(this.sources.orm, company, async (em) => messageView(await textIn(em, company)));
  }

  /** Saves a new version; customers are told it from now on, in an emergency that is on as well. The same text again is no version. */
  save(by: Actor, text: string): Promise<EmergencyMessageView> {
    const { company } = by;
    return forCompany(this.sources.orm, company, async (em) => {
      await lockMode(em, company); // versions are made one at a time
      const before = await textIn(em, company);
      if (before?.text === text) return messageView(before);
      const version = (before?.version ?? 0) + 1;
      await em.execute('insert into emergency_texts (company, version, text, saved_by) values (?, ?, ?, ?::uuid)', [company, version, text, by.id]);
      await writeAudit(em, by, {
        action: 'emergency-message.saved', subject: company, after: { version, text },
        ...(before ? { before: { version: before.version, text: before.text } } : {}),
      });
      return messageView(await textIn(em, company));
    });
  }
}

/** Holds the company's mode until the transaction ends; two who change it at once come one after the other. */
async function lockMode(em: EntityManager, company: string): Promise<Mode> {
  await em.execute(`insert into operating_modes (company, mode) values (?, 'complete') on conflict (company) do nothing`, [company]);
  const [row] = await em.execute<{ mode: Mode }[]>('select mode from operating_modes where company = ? for update', [company]);
  return row!.mode;
}

async function modeIn(em: EntityManager, company: string): Promise<ModeView> {
  const [row] = await em.execute<ModeRow[]>(MODE, [company]);
  const { mode, since, by, kept } = row!;
  return { mode: mode ?? 'complete', kept, ...(since === null ? {} : { since: new Date(since).toISOString() }), ...(by === null ? {} : { by }) };
}

async function textIn(em: EntityManager, company: string): Promise<TextRow | undefined> {
  const [row] = await em.execute<TextRow[]>(TEXT, [company]);
  return row;
}

function messageView(row: TextRow | undefined): EmergencyMessageView {
  if (row === undefined) return { longest: LONGEST_EMERGENCY_MESSAGE };
  const { version, text, at, by } = row;
  return { saved: { version, text, at: new Date(at).toISOString(), ...(by === null ? {} : { by }) }, longest: LONGEST_EMERGENCY_MESSAGE };
}
