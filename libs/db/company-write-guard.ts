import type { EventSubscriber, FlushEventArgs } from '@mikro-orm/core';
import { COMPANY_FILTER, companyFilter } from './entities/company-owned.js';

/** The first lock's other half: filters only guard what is read, so each flush is checked, too. */
export class CompanyWriteGuard implements EventSubscriber {
  /** @throws Error when a row of another company, or of any company outside of `forCompany`, is about to be written */
  onFlush(args: FlushEventArgs): void {
    const allowed = args.em.getFilterParams(COMPANY_FILTER)?.['company'] as string | undefined;
    for (const change of args.uow.getChangeSets()) {
      if (change.meta.filters[COMPANY_FILTER]?.cond !== companyFilter[COMPANY_FILTER]!.cond) continue;
      const company = (change.entity as { company?: string }).company;
      if (!allowed || company !== allowed) {
        throw new Error(`A ${change.meta.className} of another company cannot be written here`);
      }
    }
  }
}
