import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acceptText, type AcceptedContent } from '../libs/db/accepted-texts.js';
import { forCompany } from '../libs/db/company.js';
import { FrontDesks, type Desk } from './testing/front-desk.js';

let desks: FrontDesks;
let desk: Desk;
let ticket: string;

beforeAll(async () => {
  desks = await FrontDesks.open();
});
afterAll(() => desks.close());
beforeEach(async () => {
  desk = await desks.desk('ours');
  ticket = await desks.ticket(desk);
  await command('take', desk.carla);
});

const command = (kind: 'take' | 'close', actor: string) =>
  desks.tickets.ticketCommand({ company: 'ours', ticket, command: randomUUID(), kind, actor });

const reply = (request: string, company = 'ours') => desks.replies.acceptReply({ company, conversation: desk.conversation, request });

const messages = () => desks.look('select m.id::text, text, state, author, agent, ticket from messages m where conversation = $1 order by m.id', [desk.conversation]);

describe('acceptReply', () => {
  it('makes a message of the agent’s text, queued to be sent, and the customer waits no longer', async () => {
    const request = await desks.accept(desk, ticket, desk.carla, 'Hola, soy Carla');
    const { answer, send } = await reply(request);
    const [made] = await messages();
    expect(made).toMatchObject({ text: 'Hola, soy Carla', state: 'queued', author: 'agent', agent: desk.carla, ticket });
    expect(answer).toEqual({ ok: true, message: made!['id'] });
    expect(send).toEqual([made!['id']]);
    expect(await desks.ticketRow(ticket)).toMatchObject({ waiting_since: null, alarmed_at: null });
  });

  it('takes along what was accepted before it, in that order, whichever is asked for first', async () => {
    const requests = [];
    for (const text of ['uno', 'dos', 'tres']) requests.push(await desks.accept(desk, ticket, desk.carla, text));
    const second = await reply(requests[1]!);
    expect(second.send).toHaveLength(2);
    const first = await reply(requests[0]!);
    expect(first.answer).toEqual({ ok: true, message: second.send[0] });
    await reply(requests[2]!);
    expect((await messages()).map(({ text }) => text)).toEqual(['uno', 'dos', 'tres']);
  });

  it('keeps that order where numbers grow a digit', async () => {
    await desks.look(`alter sequence messages_id_seq restart with 99999998`);
    await desks.look(`alter sequence outbox_texts_id_seq restart with 99999998`);
    const requests = [];
    for (const text of ['uno', 'dos', 'tres', 'cuatro']) requests.push(await desks.accept(desk, ticket, desk.carla, text));
    const { send } = await reply(requests[3]!);
    const made = await messages();
    expect(made.map(({ text }) => text)).toEqual(['uno', 'dos', 'tres', 'cuatro']);
    expect(send).toEqual(made.map(({ id }) => id));
  });

  it('makes one message of a request, however often and at once it is asked for', async () => {
    const requests = await Promise.all(['a', 'b', 'c', 'd'].map((text) => desks.accept(desk, ticket, desk.carla, text)));
    const answers = await Promise.all([...requests, ...requests].map((request) => reply(request)));
    expect(new Set(answers.map(({ answer }) => JSON.stringify(answer))).size).toBe(4);
    const accepted = await desks.look('select text from outbox_texts where conversation = $1 order by id', [desk.conversation]);
    expect((await messages()).map(({ text }) => text)).toEqual(accepted.map(({ text }) => text));
  });

  it('makes rows of every kind, says which have a file to upload, and takes a thumb for no answer', async () => {
    const accept = async (text: string, content: AcceptedContent) => {
      const request = randomUUID();
      await forCompany(desks.orm, 'ours', (em) => acceptText(em, { company: 'ours', request, conversation: desk.conversation, ticket, agent: desk.carla, kind: 'reply', text, content }));
      return request;
    };
    const thumb = await reply(await accept('👍', { kind: 'reaction', details: { target: '3A1' } }));
    expect(thumb).not.toHaveProperty('media');
    expect((await desks.ticketRow(ticket))['waiting_since']).not.toBeNull();
    const file = { sha256: 'ab'.repeat(32), size: 9, mimetype: 'application/pdf', fileName: 'Factura.pdf' };
    const { send, media } = await reply(await accept('', { kind: 'document', details: { media: { mimetype: 'application/pdf' } }, file }));
    expect(media).toEqual(send.slice(-1));
    const made = await desks.look('select m.kind, m.text, m.details, f.state, f.sha256, f.file_name from messages m left join media_files f on f.message = m.id where m.conversation = $1 order by m.id', [desk.conversation]);
    expect(made).toEqual([
      { kind: 'reaction', text: '👍', details: { target: '3A1' }, state: null, sha256: null, file_name: null },
      { kind: 'document', text: '', details: { media: { mimetype: 'application/pdf' } }, state: 'stored', sha256: file.sha256, file_name: 'Factura.pdf' },
    ]);
  });

  it('does not send again what is out', async () => {
    const request = await desks.accept(desk, ticket, desk.carla, 'Hola');
    const { send } = await reply(request);
    expect((await reply(request)).send).toEqual(send);
    await desks.look(`update messages set state = 'sent' where id = $1`, send);
    expect(await reply(request)).toEqual({ answer: { ok: true, message: send[0] }, send: [] });
  });

  it('refuses who does not have the ticket, and says who has', async () => {
    const request = await desks.accept(desk, ticket, desk.diego, 'Me meto');
    const refusal = { ok: false, reason: 'not-yours', by: { agent: desk.carla, atMs: desks.nowMs } };
    expect(await reply(request)).toEqual({ answer: refusal, send: [] });
    expect(await messages()).toEqual([]);
    expect((await desks.ticketRow(ticket))['waiting_since']).not.toBeNull();
  });

  it('refuses a text whose ticket is closed, for good', async () => {
    const request = await desks.accept(desk, ticket, desk.carla, 'Tarde');
    await command('close', desk.carla);
    expect((await reply(request)).answer).toEqual({ ok: false, reason: 'closed' });
    await desks.tickets.ticketCommand({ company: 'ours', ticket, command: randomUUID(), kind: 'reopen', actor: desk.carla });
    expect((await reply(request)).answer).toEqual({ ok: false, reason: 'closed' });
    expect(await messages()).toEqual([]);
  });

  it('knows no text that was not accepted', async () => {
    await expect(reply(randomUUID())).rejects.toMatchObject({ type: 'text-unknown', nonRetryable: true });
  });

  it("makes no message in another company's conversation", async () => {
    const request = await desks.accept(desk, ticket, desk.carla, 'Hola');
    await expect(reply(request, 'theirs')).rejects.toBeInstanceOf(ApplicationFailure);
    expect(await messages()).toEqual([]);
  });
});

describe('acceptText', () => {
  it('accepts a text once under a request, and nothing else under the same', async () => {
    const request = randomUUID();
    const text = { company: 'ours', request, conversation: desk.conversation, ticket, agent: desk.carla, kind: 'reply' as const };
    const accept = (words: string) => forCompany(desks.orm, 'ours', (em) => acceptText(em, { ...text, text: words }));
    expect(await accept('Hola')).toBe(true);
    expect(await accept('Hola')).toBe(true);
    expect(await accept('Chau')).toBe(false);
  });

  it("accepts none for another company's ticket", async () => {
    const accepting = forCompany(desks.orm, 'theirs', (em) =>
      acceptText(em, { company: 'ours', request: randomUUID(), conversation: desk.conversation, ticket, agent: desk.carla, kind: 'reply', text: 'x' }));
    await expect(accepting).rejects.toThrow('row-level security');
  });
});
