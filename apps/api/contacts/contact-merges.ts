import type { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import { sqlState, TRY_AGAIN } from '../../../libs/db/pool.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import type { ContactMergeView } from './contact.schema.js';
import { contactView, mergeView } from './contacts.queries.js';

/** A merge and a message that causes another one may want the same rows crosswise: one of them has written nothing and is done again. */
const ATTEMPTS = 4;

/** Merges and splits by hand: each one SQL function (migration 0009), with its line in the audit log. */
@Injectable()
export class ContactMerges {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  /** @throws ProblemException `not-found`, `same-contact`, `no-person` for a group */
  merge(by: Actor, one: string, other: string): Promise<ContactMergeView> {
    const { company } = by;
    return this.#write(company, async (em) => {
      const [a, b] = [await contactView(em, company, one), await contactView(em, company, other)];
      if ([...a.addresses, ...b.addresses].some(({ kind }) => kind === 'group')) throw new ProblemException('no-person');
      const roots = [a.mergedInto ?? a.id, b.mergedInto ?? b.id] as const;
      if (roots[0] === roots[1]) throw new ProblemException('same-contact');
      await em.execute(`select contact_merge(?, ?::uuid, ?::uuid, ?::uuid, 'by-hand')`, [company, ...roots, by.id]);
      const [made] = await em.execute<{ id: string; winner: string; loser: string }[]>(
        'select id, winner, loser from contact_merges where company = ? and undone_at is null and loser = any(?::uuid[]) and winner = any(?::uuid[])',
        [company, `{${roots.join(',')}}`, `{${roots.join(',')}}`],
      );
      if (!made) throw new ProblemException('conflict');
      await writeAudit(em, by, { action: 'contact.merged', subject: made.winner, after: { merge: made.id, merged: made.loser } });
      return mergeView(em, company, made.id);
    });
  }

  /** @throws ProblemException `not-found`, `merge-undone` */
  undo(by: Actor, merge: string): Promise<ContactMergeView> {
    const { company } = by;
    return this.#write(company, async (em) => {
      const { contact } = await mergeView(em, company, merge);
      const [done] = await em.execute<{ undone: boolean }[]>('select contact_merge_undo(?, ?::uuid, ?::uuid) as undone', [company, merge, by.id]);
      if (!done?.undone) throw new ProblemException('merge-undone');
      await writeAudit(em, by, { action: 'contact.taken-apart', subject: contact.id, before: { merge } });
      return mergeView(em, company, merge);
    });
  }

  async #write<T>(company: string, work: (em: EntityManager) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await forCompany(this.sources.orm, company, work);
      } catch (error) {
        if (attempt === ATTEMPTS || !TRY_AGAIN.has(sqlState(error) ?? '')) throw error;
      }
    }
  }
}
