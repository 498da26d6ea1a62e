import type pg from 'pg';
import { OVERTAKEN, sqlState, TRY_AGAIN } from '../libs/db/pool.js';
import { contentOf } from '../libs/domain/conversation/content.js';
import { decide as decideInDomain } from '../libs/domain/conversation/decide.js';
import {
  beginsSession,
  readState,
  type ConversationState,
  type Decision,
  type Input,
  type KeptAnswer,
  type Limits,
  type OpenTicket,
  type Settings,
} from '../libs/domain/conversation/state.js';
import type { UnreadableReason } from '../libs/domain/message/details.js';
import type { Mode, Operation } from '../libs/domain/modes/mode.js';
import type { CompanySettings } from './company-settings.js';
import { newWaId } from './message-id.js';

export interface DecideRequest {
  company: string;
  conversation: string;
  /** Made by the workflow, the same when the decision is made again: a repeat returns what was recorded. */
  decision: string;
  /** Messages up to this number are to be settled. */
  upTo: number;
  /** Steps whose questions have an answer since the last decision. */
  answered: readonly string[];
  /** The first decision of a run also returns what a terminated run left undone. */
  firstOfRun: boolean;
}

export interface DecideResult {
  handledSeq: number;
  /**
   * In order: rows to send (`media`: with a file, which has to be uploaded first), questions to ask, tickets to open, receipts to look at (`step`:
   * that waits to hear what it is).
   */
  steps: ({ send: string; media?: true } | { query: string } | { ticket: string } | { receipt: string; step?: string })[];
  debounceMs: number;
  /** Who speaks, for the workflow's search attribute. */
  state: 'bot' | 'agent' | 'owner' | 'silent';
  /** Number of the ticket whose customer has begun to wait for an agent by what this decision settled. */
  waits?: number;
}

export interface DecideDeps {
  pool: pg.Pool;
  settings: CompanySettings;
  now: () => number;
}

interface LoadedMessage {
  seq: number;
  atMs: number;
  author: 'customer' | 'owner';
  kind: string;
  text: string | null;
  reason: UnreadableReason | null;
  target: number | null;
  /** Of a document. */
  mimetype: string | null;
}

/** `conversation_load`'s answer. */
interface Loaded {
  handledSeq: number;
  revision: number;
  state: ConversationState | null;
  flowVersions: Record<string, string> | null;
  lastDecision: string | null;
  lastResult: Pick<DecideResult, 'handledSeq' | 'steps' | 'waits'> | null;
  contact: { name: string | null; addresses: string[] | null };
  debounceMs: number;
  messages: LoadedMessage[];
  /** Somebody asked this customer for a better receipt; null while nothing is looked at. */
  receiptAsked: boolean | null;
  /** Null: complete. */
  mode: Mode | null;
  emergency: { version: number; text: string } | null;
  results: { step: string; result: KeptAnswer }[];
  ticket: (Omit<OpenTicket, 'step'> & { step: string | null }) | null;
  /** When the ticket was closed that the state still knows as open. */
  closedAtMs: number | null;
  undone: DecideResult['steps'] | null;
  published: Record<string, string> | null;
}

const ticketIn = ({ ticket, closedAtMs }: Loaded): Input => {
  if (ticket === null) return { kind: 'ticket', ...(closedAtMs === null ? {} : { closedAtMs }) };
  const { step, number, queued, ahead } = ticket;
  return { kind: 'ticket', open: { ...(step === null ? {} : { step }), number, queued, ahead } };
};

const inputsOf = (loaded: Loaded): Input[] => [
  ticketIn(loaded),
  ...loaded.results.map((answer): Input => ({ kind: 'result', ...answer })),
  ...loaded.messages.map(({ seq, atMs, author, ...row }): Input => ({ kind: 'message', seq, atMs, author, content: contentOf(row) })),
];

/** @throws Error for an emergency without words, which the API does not let begin: the conversation waits, nobody is told nothing */
const operationOf = ({ mode, emergency }: Loaded): Operation => {
  if (mode !== 'emergency') return { mode: mode ?? 'complete' };
  if (emergency === null) throw new Error('The emergency has no message');
  return { mode, message: emergency };
};

/** E.164 digits of the phone jid among a contact's WhatsApp addresses; none when the person hides the number. */
function phoneIn(addresses: readonly string[] | null): string | undefined {
  const jid = addresses?.find((address) => address.endsWith('@s.whatsapp.net'));
  return jid?.slice(0, jid.indexOf('@'));
}

const speakerIn = (state: ConversationState | null, nowMs: number): DecideResult['state'] => {
  if (state?.ticket !== undefined) return 'agent';
  if (state?.ownerUntilMs !== undefined && state.ownerUntilMs > nowMs) return 'owner';
  if (state?.kept !== undefined) return 'silent';
  return state?.botLoopUntilMs !== undefined && state.botLoopUntilMs > nowMs ? 'silent' : 'bot';
};

/**
 * Decisions: loads what one needs, asks the pure core, writes snapshot and outgoing rows in one statement.
 * Everything is idempotent by the decision's id, because a killed worker runs it again.
 */
export function createDecideActivities({ pool, settings, now }: DecideDeps) {
  const load = async (request: DecideRequest): Promise<Loaded> => {
    const { rows } = await pool.query<{ loaded: Loaded | null }>({
      name: 'conversation-load',
      text: 'select conversation_load($1, $2, $3, $4, $5) as loaded',
      values: [request.company, request.conversation, request.upTo, request.answered, request.firstOfRun],
    });
    const loaded = rows[0]?.loaded;
    if (!loaded) throw new Error('The conversation has no row in this company');
    return loaded;
  };

  const settingsFor = async (company: string, loaded: Loaded, versions: Record<string, string>): Promise<Settings> => {
    const [{ limits, takes, ...about }, isp, flows] = await Promise.all([settings.company(company), settings.isp(company), settings.flows(company, versions)]);
    const phone = phoneIn(loaded.contact.addresses);
    const { name } = loaded.contact;
    return {
      flows,
      company: about,
      contact: { addresses: phone === undefined ? {} : { phone }, ...(name === null ? {} : { name }) },
      limits,
      isp,
      receipts: { takes, asked: loaded.receiptAsked === true },
      operation: operationOf(loaded), // of this load, never of a cache: a mode counts from the moment it is chosen
    };
  };

  const commit = async (request: DecideRequest, loaded: Loaded, decision: Decision, versions: Record<string, string>) => {
    const steps = decision.steps.map((step) => (step.kind === 'say' || step.kind === 'file' ? { ...step, waId: newWaId() } : step));
    const { rows } = await pool.query<{ result: NonNullable<Loaded['lastResult']> }>({
      name: 'conversation-commit',
      text: 'select conversation_commit($1, $2, $3, $4, $5, $6, $7, $8, $9) as result',
      values: [
        request.company,
        request.conversation,
        request.decision,
        loaded.revision,
        Math.max(request.upTo, loaded.handledSeq),
        JSON.stringify(decision.state),
        JSON.stringify(versions),
        JSON.stringify(steps),
        JSON.stringify(decision.outcomes),
      ],
    });
    return rows[0]!.result;
  };

  /** A conversation keeps the versions that its session began with; a new session takes the newest published ones. */
  const versionsFor = (loaded: Loaded, state: ConversationState, limits: Limits): Record<string, string> => {
    const first = loaded.messages[0];
    const fresh = first !== undefined && beginsSession(state, first.atMs, limits);
    return loaded.flowVersions && !fresh ? loaded.flowVersions : (loaded.published ?? {});
  };

  /** What a terminated run left comes first. A decision made again finds its own steps among it. */
  const withUndone = ({ undone }: Loaded, steps: DecideResult['steps']): DecideResult['steps'] => {
    const own = new Set(steps.map((step) => JSON.stringify(step)));
    return [...(undone ?? []).filter((step) => !own.has(JSON.stringify(step))), ...steps];
  };

  const decideOnce = async (request: DecideRequest): Promise<DecideResult> => {
    const loaded = await load(request);
    const answer = (result: NonNullable<Loaded['lastResult']>, state: ConversationState | null): DecideResult => ({
      ...result,
      steps: withUndone(loaded, result.steps),
      debounceMs: loaded.debounceMs,
      state: speakerIn(state, now()),
    });
    if (loaded.lastDecision === request.decision && loaded.lastResult) return answer(loaded.lastResult, loaded.state);
    const before = readState(loaded.state);
    const { limits } = await settings.company(request.company);
    const versions = versionsFor(loaded, before, limits);
    const decision = decideInDomain(before, inputsOf(loaded), await settingsFor(request.company, loaded, versions), now());
    const result = await commit(request, loaded, decision, versions);
    return answer(result, decision.state);
  };

  return {
    /** Settles the messages up to `upTo`; see DecideRequest. Loads again when another decision came between. */
    async decide(request: DecideRequest): Promise<DecideResult> {
      for (let attempt = 1; ; attempt++) {
        try {
          return await decideOnce(request);
        } catch (error) {
          const code = sqlState(error);
          if (attempt >= 3 || code === undefined || !(code === OVERTAKEN || TRY_AGAIN.has(code))) throw error;
        }
      }
    },

    /** Gives up on a message whose number was not linked in time. What may have gone out stays unknown, never "failed". */
    async expireMessage(request: { company: string; conversation: string; message: string }): Promise<void> {
      await pool.query({
        name: 'conversation-expire',
        text: 'select conversation_expire($1, $2, $3)',
        values: [request.company, request.conversation, request.message],
      });
    },
  };
}

export type DecideActivities = ReturnType<typeof createDecideActivities>;
