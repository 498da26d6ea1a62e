import { Inject, Injectable } from '@nestjs/common';
import { forCompany } from '../../../libs/db/company.js';
import { shownAs, type NoticeState } from '../../../libs/domain/notices/notice.js';
import { adviceFor } from '../../../libs/domain/sending.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import type { NoticeStateView } from './gateway.schema.js';
import { IS_HELD } from './held.js';

interface Row {
  key: string | null;
  address: string;
  state: NoticeState;
  in_lane: boolean;
  is_held: boolean;
  cause: string | null;
  accepted_at: string;
  expires_at: string;
  sent_at: string | null;
  delivered_at: string | null;
  read_at: string | null;
}

const READ = `select n.dedupe_key key, n.address, n.state, n.message is not null in_lane, n.cause, n.accepted_at, n.expires_at, m.sent_at, m.delivered_at, m.read_at,
    ${IS_HELD} is_held
  from notices n join notice_batches b on b.company = n.company and b.channel = n.channel and b.day = n.day
    left join messages m on m.company = n.company and m.id = n.message
  where n.company = ? and n.id = ?::bigint`;

const iso = (time: string): string => new Date(time).toISOString();

/** What is known of notices, for the systems that asked for them. */
@Injectable()
export class NoticeStates {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  /** @throws ProblemException `not-found`, also for another company's */
  async byId(company: string, id: string): Promise<NoticeStateView> {
    const known = /^\d{1,18}$/.test(id) ? await forCompany(this.sources.orm, company, (em) => em.execute<Row[]>(READ, [company, id])) : [];
    const [row] = known;
    if (!row) throw new ProblemException('not-found');
    const { key, address, state, in_lane: inLane, is_held: isHeld, cause } = row;
    return {
      id, to: address.split('@')[0]!, state: shownAs(state, inLane, isHeld), acceptedAt: iso(row.accepted_at), expiresAt: iso(row.expires_at),
      ...(key === null ? {} : { key }), ...(cause === null ? {} : { cause, advice: adviceFor(cause) }),
      ...(row.sent_at ? { sentAt: iso(row.sent_at) } : {}), ...(row.delivered_at ? { deliveredAt: iso(row.delivered_at) } : {}), ...(row.read_at ? { readAt: iso(row.read_at) } : {}),
    };
  }
}
