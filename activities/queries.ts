import { Context } from '@temporalio/activity';
import { forCompany } from '../libs/db/company.js';
import type { MikroORM } from '../libs/db/orm.js';
import type { ConversationQuery, KeptAnswer, LookedAt } from '../libs/domain/conversation/state.js';
import type { CustomerQuery } from '../libs/domain/customers.js';
import { checkFile } from '../libs/media/check-file.js';
import { MediaUnavailable, type MediaStore } from '../libs/media/media-store.js';
import { alive } from './alive.js';
import type { PaymentOptionsOf } from './payment-options.js';
import type { Answer, IspSystems } from './isp-systems.js';

export interface QueryRequest {
  company: string;
  conversation: string;
  /** Id of the step that asked: the question and its answer are in `conversation_queries`, no personal data is here. */
  step: string;
}

export interface QueryDeps {
  orm: MikroORM;
  systems: Pick<IspSystems, 'of'>;
  /** Where documents go that a system hands out. */
  media: MediaStore;
  /** How a customer can pay. */
  payments: PaymentOptionsOf;
}

interface Asked {
  query: ConversationQuery;
  answered: boolean;
}

const load = (orm: MikroORM, { company, conversation, step }: QueryRequest): Promise<Asked | undefined> =>
  forCompany(orm, company, async (em) => {
    const [row] = await em.execute<Asked[]>(
      `select query, answered_at is not null as answered from conversation_queries
        where company = ? and conversation = ?::uuid and step = ?`,
      [company, conversation, step],
    );
    return row;
  });

const store = (orm: MikroORM, { company, conversation, step }: QueryRequest, result: KeptAnswer): Promise<unknown> =>
  forCompany(orm, company, (em) =>
    em.execute(
      `update conversation_queries set result = ?::jsonb, answered_at = clock_timestamp()
        where company = ? and conversation = ?::uuid and step = ? and answered_at is null`,
      [JSON.stringify(result), company, conversation, step],
    ),
  );

/**
 * An answer as its row may hold it: the bytes of a document are stored, and the row says where. What is no document is the system's
 * failure, as if it had sent a web page; one that we cannot store is none that we have.
 */
async function keep(media: MediaStore, company: string, answer: Answer): Promise<KeptAnswer> {
  if (!answer.ok || answer.kind !== 'document') return answer;
  const { document: { bytes, fileName, invoice }, asOf, cached } = answer;
  const check = checkFile('document', { bytes, fileName });
  if (!check.ok) return { ok: false, reason: 'unavailable', fault: 'bad-response', asOf, cached };
  const stored = await media.put(company, bytes).catch((problem: unknown) => {
    if (problem instanceof MediaUnavailable) return undefined;
    throw problem;
  });
  if (stored === undefined) return { ok: false, reason: 'unavailable', asOf, cached };
  const { sha256, size } = stored;
  return { ok: true, kind: 'stored-document', document: { invoice, fileName, mimetype: check.mimetype, sha256, size }, asOf, cached };
}

/**
 * Questions of conversations to the company's ISP system, and to the company about how it is paid. A system that fails or takes too long is an answer, too: the bot says so
 * and offers a way on, instead of keeping the customer waiting for retries.
 */
export function createQueryActivities({ orm, systems, media, payments }: QueryDeps) {
  const ask = async (company: string, query: CustomerQuery): Promise<KeptAnswer> => {
    const { cancellationSignal, log } = Context.current(); // aborted when the worker stops: another one asks
    const answer = await (await systems.of(company)).ask(query, cancellationSignal);
    if (!answer.ok && answer.reason === 'unavailable') log.warn('the ISP system did not answer', { company, query: query.kind, fault: answer.fault });
    return keep(media, company, answer);
  };

  const answerTo = ({ company, conversation }: QueryRequest, query: ConversationQuery): Promise<KeptAnswer> =>
    query.kind === 'payment-options' ? payments(company, { ...query, conversation }, Context.current().cancellationSignal) : ask(company, query);

  return {
    /**
     * Asks what the step wants to know and keeps the answer in its row, from where the next decision takes it; a document's bytes are
     * stored before the row says so.
     * A step that has its answer is not asked again.
     */
    async runQuery(request: QueryRequest): Promise<{ ok: true }> {
      const asked = await load(orm, request);
      if (!asked) throw new Error('This conversation has not asked such a step');
      if (!asked.answered) await store(orm, request, await alive(() => answerTo(request, asked.query)));
      return { ok: true };
    },

    /** Sees to it that a step that waited to hear what a picture is has an answer: that it is still looked at, where nobody has said so far. */
    async settleLook(request: QueryRequest): Promise<void> {
      await store(orm, request, { ok: true, kind: 'receipt', is: 'pending' } satisfies LookedAt);
    },
  };
}

export type QueryActivities = ReturnType<typeof createQueryActivities>;
