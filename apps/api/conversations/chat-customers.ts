import { Inject, Injectable } from '@nestjs/common';
import type { Answer } from '../../../activities/isp-systems.js';
import { forCompany } from '../../../libs/db/company.js';
import type { CustomerMatch, CustomerQuery } from '../../../libs/domain/customers.js';
import { mayWriteIn } from '../../../libs/domain/ticket/access.js';
import { CompanySystems } from '../integrations/company-systems.js';
import type { SignedIn } from '../platform/access/signed-in.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { conversationAtHand } from './conversations.queries.js';

/** A customer of the ISP's system to whom something of theirs may be sent in a chat. */
export interface ChatCustomer {
  customer: CustomerMatch;
  /** Within the time that the agent waits. @throws ProblemException `isp-away` when that is over */
  ask(query: CustomerQuery): Promise<Answer>;
}

/** Whose things may be sent in a chat: nobody is sent what is somebody else's. */
@Injectable()
export class ChatCustomers {
  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly systems: CompanySystems,
  ) {}

  /**
   * @param customer one who has this chat's number in the ISP's system, as it names them
   * @param signal until when the agent waits
   * @throws ProblemException `not-yours` for who does not have the ticket, `customer-not-theirs`, `isp-away`
   */
  async of(me: SignedIn, conversation: string, customer: string, signal: AbortSignal): Promise<ChatCustomer> {
    const { company } = me;
    const { contact, newest } = await forCompany(this.sources.orm, company, (em) => conversationAtHand(em, me, conversation));
    if (!newest || !mayWriteIn(me.user, newest.facts)) throw new ProblemException('not-yours');
    const system = await this.systems.of(company);
    const ask = (query: CustomerQuery): Promise<Answer> => system.ask(query, signal).catch((problem: unknown) => {
      throw signal.aborted ? new ProblemException('isp-away') : problem;
    });
    if (contact.phone === undefined) throw new ProblemException('customer-not-theirs');
    const owners = await ask({ kind: 'by-phone', phone: contact.phone });
    if (!owners.ok && owners.reason === 'unavailable') throw new ProblemException('isp-away');
    const found = owners.ok && owners.kind === 'customers' ? owners.customers.find(({ id }) => id === customer) : undefined;
    if (!found) throw new ProblemException('customer-not-theirs');
    return { customer: found, ask };
  }
}
