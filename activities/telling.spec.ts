import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tell, type Engine } from './telling.js';
import { FrontDesks, type Desk } from './testing/front-desk.js';

let desks: FrontDesks;
let desk: Desk;
let key: string;
/** What conversations were told to send. */
const signals: { workflow: string; args: unknown }[] = [];
const engine = {
  signalWithStart: (_: string, { workflowId, signalArgs }: { workflowId: string; signalArgs: unknown }) => {
    signals.push({ workflow: workflowId, args: signalArgs });
    return Promise.resolve();
  },
} as unknown as Engine;

beforeAll(async () => {
  desks = await FrontDesks.open();
});
afterAll(() => desks.close());
beforeEach(async () => {
  desk = await desks.desk('ours');
  key = `receipt/${randomUUID()}/review`;
  signals.length = 0;
});

const telling = (over: Partial<Parameters<typeof tell>[1]> = {}) =>
  tell({ orm: desks.orm, engine }, { company: 'ours', conversation: desk.conversation, key, text: 'Lo revisa una persona.', ...over });
const rows = () => desks.look('select id::text, conversation, text, state, author, direction from messages where step = $1', [`told/${key}`]);

describe('what customers are told', () => {
  it('is one row, however often it is told, and its conversation sends it', async () => {
    await telling();
    await Promise.all([telling(), telling({ text: 'Otro texto.' }), telling()]);
    const [row, ...others] = await rows();
    expect(others).toEqual([]);
    expect(row).toMatchObject({ conversation: desk.conversation, text: 'Lo revisa una persona.', state: 'queued', author: 'bot', direction: 'out' });
    expect(signals).toEqual(Array.from({ length: 4 }, () => ({ workflow: `ours/conversation/${desk.conversation}`, args: [row!['id']] })));
  });

  it('is not sent again when it is out, or was given up', async () => {
    await telling();
    const [row] = await rows();
    for (const [state, cause] of [['delivered', null], ['failed', 'expired'], ['unknown', 'expired']]) {
      await desks.look('update messages set state = $2, cause = $3 where id = $1', [row!['id'], state, cause]);
      await telling();
    }
    expect(signals).toHaveLength(1);
    expect(await rows()).toHaveLength(1);
  });

  it('is told where the chat goes on, when two of one person became one', async () => {
    const [{ channel }] = await desks.look('select channel from conversations where id = $1', [desk.conversation]) as [{ channel: string }];
    const other = await desks.conversation('ours', channel);
    await telling();
    await desks.look('update conversations set merged_into = $2 where id = $1', [desk.conversation, other]);
    await telling();
    expect((await rows()).map(({ conversation }) => conversation)).toEqual([desk.conversation]);
    key = `${key}/2`;
    await telling();
    expect((await rows()).map(({ conversation }) => conversation)).toEqual([other]);
    expect(signals.at(-1)!.workflow).toBe(`ours/conversation/${other}`);
  });

  it('may be nothing', async () => {
    await telling({ text: '' });
    expect([...(await rows()), ...signals]).toEqual([]);
  });

  it("is not told in another company's conversation", async () => {
    await expect(telling({ company: 'theirs' })).rejects.toMatchObject({ code: 'conversation-unknown' });
    expect([...(await rows()), ...signals]).toEqual([]);
  });
});
