import type { RunningCopy } from '../stories/running-copy.js';

interface Stage {
  stage: 'journal' | 'dispatch' | 'decide' | 'send';
  ms: number;
  endedAt: number;
  conversation?: string;
  upTo?: number;
  /** Id of the row that was sent. */
  row?: string;
  messages?: { conversation: string; seq: number }[];
}

/** One answered message, in milliseconds. `engine`: from before the signal to the beginning of `send`. */
export interface Life {
  engine: number;
  whole: number;
  journal: number;
  dispatch: number;
  decide: number;
  /** From the beginning of `send` to the bot's stanza at the network. */
  send: number;
  /** From there to the row that says so. */
  ack: number;
}

/** The stages that the processes have logged since the last call. */
function stagesIn(output: string[]): Stage[] {
  const text = output.splice(0).join('');
  return text.split('\n').flatMap((line) => {
    const json = /debug (?:journaled|dispatched|decided|send ended) (\{.*\})$/.exec(line)?.[1];
    return json ? [JSON.parse(json) as Stage] : [];
  });
}

const ANSWERED = `select o.id, o.conversation, o.wa_id out_id, i.wa_id in_id, i.seq from messages o
  join messages i on i.company = o.company and i.conversation = o.conversation and i.seq = any(o.answers)
  where o.direction = 'out' and o.id > $1 order by o.id`;

/** Joins the stages with rows and the network's ledger, for answers made after a given row. */
export async function livesSince(copy: RunningCopy, lastRow: string, ledgerSeq: number): Promise<Life[]> {
  const stages = stagesIn(copy.output);
  const by = new Map(stages.flatMap((stage) => keysOf(stage).map((key) => [key, stage] as const)));
  const ledger = new Map((await copy.network.ledger(ledgerSeq)).map((entry) => [entry.id, Date.parse(entry.at)]));
  const rows = await copy.rows<{ id: string; conversation: string; out_id: string; in_id: string; seq: string }>(ANSWERED, [lastRow]);
  return rows.flatMap((row) => {
    const of = (stage: Stage['stage'], key: string) => by.get(`${stage}/${key}`);
    const numbered = `${row.conversation}/${row.seq}`;
    const [journal, dispatch, decide] = [of('journal', numbered), of('dispatch', numbered), of('decide', numbered)];
    const send = of('send', row.id);
    const [inAt, outAt] = [ledger.get(row.in_id), ledger.get(row.out_id)];
    if (!journal || !dispatch || !decide || !send || !inAt || !outAt) return [];
    const sendBegan = send.endedAt - send.ms;
    return [{
      engine: sendBegan - (dispatch.endedAt - dispatch.ms),
      whole: outAt - inAt,
      journal: journal.ms,
      dispatch: dispatch.ms,
      decide: decide.ms,
      send: Math.max(0, outAt - sendBegan),
      ack: Math.max(0, send.endedAt - outAt),
    }];
  });
}

function keysOf(stage: Stage): string[] {
  if (stage.messages) return stage.messages.map(({ conversation, seq }) => `${stage.stage}/${conversation}/${seq}`);
  return [`${stage.stage}/${stage.row ?? `${stage.conversation}/${stage.upTo}`}`];
}
