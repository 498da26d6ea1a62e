import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import { BookRefusal } from '../../../activities/customer-book/refusal.js';
import { forCompany } from '../../../libs/db/company.js';
import { refusals } from '../platform/refusals.js';
import { SOURCES, type Sources } from '../platform/sources.js';

const told = refusals(BookRefusal, {
  'document-taken': (who) => `Ya hay un cliente con ese documento: ${who}.`,
  'invoice-paid': (number) => `La factura ${number} tiene pagos. Anulá primero esos pagos.`,
  'run-paid': (numbers) => `Ya se pagó algo de esa facturación (${numbers}): no se puede deshacer. Anulá primero esos pagos.`,
  'import-touched': (rows) => `Alguien cambió después lo que trajo esa importación (${rows}): no se puede deshacer.`,
});

/** The embedded customer book of one company: each piece of work is one transaction. */
@Injectable()
export class Book {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  /** @throws ProblemException what the book refuses; nothing was written then */
  within<T>(company: string, work: (em: EntityManager) => Promise<T>): Promise<T> {
    return forCompany(this.sources.orm, company, work).catch(told);
  }

  /** A file of the company in the media store. */
  readonly openFile = (company: string, sha256: string): Promise<Uint8Array | undefined> => this.sources.media.open(company, sha256);
}
