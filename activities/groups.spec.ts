import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createGroupActivities } from './groups.js';
import { FrontDesks, type Desk } from './testing/front-desk.js';

const GROUP = '120363000000000001@g.us';

let desks: FrontDesks;
let desk: Desk;
let channel: string;

beforeAll(async () => {
  desks = await FrontDesks.open();
});
afterAll(() => desks.close());
beforeEach(async () => {
  desk = await desks.desk('ours');
  channel = String((await desks.look('select channel from conversations where id = $1', [desk.conversation]))[0]!['channel']);
  await desks.look('update channels set group_jid = $2 where id = $1', [channel, GROUP]);
});

const activities = () => createGroupActivities({ orm: desks.orm, now: () => desks.nowMs });
const open = async () => desks.tickets.openTicket({ company: 'ours', conversation: desk.conversation, step: await desks.ask('ours', desk.conversation) });
const texts = () => desks.look('select id::text, purpose, text, state from group_messages where channel = $1 order by id', [channel]);
async function said(ticket: string, agent: string): Promise<string> {
  const [row] = await desks.look('insert into group_answers (company, channel, wa_id, agent, ticket) values ($1, $2, $3, $4, $5) returning id::text', ['ours', channel, randomUUID(), agent, ticket]);
  return String(row!['id']);
}
const answer = (ticket: string, agent: string) => said(ticket, agent).then((id) => activities().answerInGroup({ company: 'ours', ticket, answer: id }));

describe('a new ticket', () => {
  it('is told to the number’s group, once', async () => {
    const step = await desks.ask('ours', desk.conversation);
    const opened = await desks.tickets.openTicket({ company: 'ours', conversation: desk.conversation, step });
    const [text] = await texts();
    expect(opened.notice).toBe(text!['id']);
    expect(text).toMatchObject({ purpose: 'opened', state: 'queued' });
    expect(text!['text']).toContain(`Ticket #${opened.number}`);
    expect(text!['text']).toContain('Se cortó la fibra');
    expect((await desks.tickets.openTicket({ company: 'ours', conversation: desk.conversation, step })).notice).toBe(text!['id']);
    await desks.look(`update group_messages set state = 'sent' where id = $1`, [text!['id']]);
    expect(await desks.tickets.openTicket({ company: 'ours', conversation: desk.conversation, step })).not.toHaveProperty('notice');
  });

  it('is told to nobody where the number has no group', async () => {
    await desks.look('update channels set group_jid = null where id = $1', [channel]);
    expect(await open()).not.toHaveProperty('notice');
    expect(await texts()).toEqual([]);
  });
});

describe('an answer in the group', () => {
  it('takes the ticket for whoever gave it, and the group hears of it; again it changes nothing', async () => {
    const { ticket, number } = await open();
    const id = await said(ticket, desk.carla);
    const first = await activities().answerInGroup({ company: 'ours', ticket, answer: id });
    expect(first.ticket).toMatchObject({ state: 'in-progress', assignee: desk.carla });
    expect((await texts()).at(-1)).toMatchObject({ purpose: 'answer', text: `✅ carla tomó el ticket #${number}. Se atiende en OmniChat.` });
    expect(await activities().answerInGroup({ company: 'ours', ticket, answer: id })).toEqual({ text: first.text });
    expect(await texts()).toHaveLength(2);
  });

  it('that comes second is told who has it, and one that comes late that it is closed', async () => {
    const { ticket, number } = await open();
    await answer(ticket, desk.carla);
    expect(await answer(ticket, desk.diego)).not.toHaveProperty('ticket');
    expect((await texts()).at(-1)!['text']).toBe(`El ticket #${number} ya lo tiene carla.`);
    await desks.tickets.ticketCommand({ company: 'ours', ticket, command: randomUUID(), kind: 'close', actor: desk.carla });
    await answer(ticket, desk.carla);
    expect((await texts()).at(-1)!['text']).toBe(`El ticket #${number} ya está cerrado.`);
  });

  it('of somebody who has left the company, or who may not see the ticket, takes nothing', async () => {
    const { ticket } = await open();
    await desks.look('update users set active = false where id = $1', [desk.diego]);
    expect(await answer(ticket, desk.diego)).toEqual({});
    await desks.look('update tickets set department = $2 where id = $1', [ticket, desk.departments.support]);
    expect(await answer(ticket, desk.elsa)).not.toHaveProperty('ticket');
    expect((await desks.ticketRow(ticket))['state']).toBe('pending');
  });

  it("is not another company's", async () => {
    const { ticket } = await open();
    const id = await said(ticket, desk.carla);
    await expect(activities().answerInGroup({ company: 'theirs', ticket, answer: id })).rejects.toMatchObject({ type: 'text-unknown' });
    await activities().expireGroupText({ company: 'theirs', message: String((await texts())[0]!['id']) });
    expect((await texts())[0]!['state']).toBe('queued');
  });

  it('is given up when nobody could send it, and told apart from what may have gone out', async () => {
    await open();
    const [text] = await texts();
    await activities().expireGroupText({ company: 'ours', message: String(text!['id']) });
    expect((await texts())[0]!['state']).toBe('failed');
  });
});
