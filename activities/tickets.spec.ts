import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FrontDesks, type Desk } from './testing/front-desk.js';
import type { TicketCommandRequest } from './tickets.js';

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
});

const order = (kind: TicketCommandRequest['kind'], actor: string, more: Partial<TicketCommandRequest> = {}) =>
  desks.tickets.ticketCommand({ company: 'ours', ticket, command: randomUUID(), kind, actor, ...more });

const refusedAs = async (work: Promise<unknown>): Promise<string | null | undefined> => {
  const error = await work.then(() => undefined, (problem: unknown) => problem);
  return error instanceof ApplicationFailure && error.nonRetryable ? error.type : undefined;
};

const openTicketOf = async (conversation: string) =>
  (await desks.look('select ticket from conversations where id = $1', [conversation]))[0]!['ticket'];

const trail = async (id = ticket) =>
  (await desks.look('select kind, actor, data from ticket_events where ticket = $1 order by id', [id])).map(({ kind }) => kind);

describe('openTicket', () => {
  it('opens one in the department’s queue, with the number after the company’s last', async () => {
    const other = await desks.desk('ours');
    const step = await desks.ask('ours', other.conversation, `VENTAS ${other.departments.support}`);
    const { number: before } = (await desks.ticketRow(ticket)) as { number: string };
    const opened = await desks.tickets.openTicket({ company: 'ours', conversation: other.conversation, step });
    expect(opened.number).toBe(Number(before) + 1);
    expect(await desks.ticketRow(opened.ticket)).toMatchObject({
      state: 'pending', department: other.departments.sales, summary: 'Se cortó la fibra', assignee: null, contact: opened.contact,
    });
    expect(await openTicketOf(other.conversation)).toBe(opened.ticket);
    expect(await trail(opened.ticket)).toEqual(['opened']);
  });

  it('opens it in everybody’s queue where the department does not exist', async () => {
    const other = await desks.desk('ours');
    const step = await desks.ask('ours', other.conversation, 'Cobranzas');
    const opened = await desks.tickets.openTicket({ company: 'ours', conversation: other.conversation, step });
    expect((await desks.ticketRow(opened.ticket))['department']).toBeNull();
  });

  it('is the same when it is done again, and for a step that finds one open', async () => {
    const other = await desks.desk('ours');
    const step = await desks.ask('ours', other.conversation);
    const again = await desks.ask('ours', other.conversation);
    const request = { company: 'ours', conversation: other.conversation, step };
    const opened = await Promise.all([request, request, { ...request, step: again }].map((one) => desks.tickets.openTicket(one)));
    expect(new Set(opened.map((one) => one.ticket)).size).toBe(1);
    const steps = await desks.look('select result from conversation_queries where conversation = $1', [other.conversation]);
    expect(steps.map(({ result }) => result)).toEqual([{ kind: 'ticket', number: opened[0]!.number }, { kind: 'ticket', number: opened[0]!.number }]);
    expect(await trail(opened[0]!.ticket)).toEqual(['opened']);
  });

  it('counts without a gap, however many are opened at once', async () => {
    const others = await Promise.all(Array.from({ length: 5 }, () => desks.desk('theirs')));
    const opened = await Promise.all(others.map(async ({ conversation }) =>
      desks.tickets.openTicket({ company: 'theirs', conversation, step: await desks.ask('theirs', conversation) })));
    const numbers = opened.map(({ number }) => number).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! + index));
  });

  it("opens none in another company's conversation", async () => {
    const step = await desks.ask('ours', desk.conversation);
    expect(await refusedAs(desks.tickets.openTicket({ company: 'theirs', conversation: desk.conversation, step }))).toBe('conversation-unknown');
  });
});

describe('ticketCommand', () => {
  it('lets one of many take it, and tells the others who has it', async () => {
    const agents = await Promise.all(Array.from({ length: 20 }, (_, nth) => desks.user('ours', `agent${nth}`, 'operator', desk.departments.support)));
    const answers = await Promise.all(agents.map((agent) => order('take', agent)));
    const winners = answers.filter((answer) => answer.ok);
    expect(winners).toHaveLength(1);
    const { assignee } = await desks.ticketRow(ticket);
    const losers = answers.filter((answer) => !answer.ok);
    expect(new Set(losers.map((answer) => `${answer.reason} ${answer.by?.agent}`))).toEqual(new Set([`taken ${String(assignee)}`]));
    expect(await trail()).toEqual(['opened', 'taken']);
  });

  it('is done once under its id, and answered again', async () => {
    const command = randomUUID();
    const first = await order('take', desk.carla, { command });
    expect(first).toEqual({ ok: true, ticket: { state: 'in-progress', assignee: desk.carla, takenAtMs: desks.nowMs } });
    expect(await order('take', desk.carla, { command })).toEqual(first);
    expect(await order('take', desk.carla)).toMatchObject({ ok: false, reason: 'same' });
    expect(await trail()).toEqual(['opened', 'taken']);
  });

  it('keeps the note of a transfer, and gives the ticket away', async () => {
    await order('take', desk.carla);
    const command = await desks.accept(desk, ticket, desk.carla, 'Ya probó reiniciar', 'note');
    const answer = await order('transfer', desk.carla, { command, to: { agent: desk.elsa } });
    expect(answer).toMatchObject({ ok: true, ticket: { state: 'in-progress', assignee: desk.elsa } });
    expect(await desks.look('select id, author, text from notes where ticket = $1', [ticket])).toEqual([
      { id: command, author: desk.carla, text: 'Ya probó reiniciar' },
    ]);
    expect(await order('transfer', desk.elsa, { to: { department: desk.departments.sales } })).toMatchObject({ ok: true, ticket: { state: 'pending' } });
    expect(await desks.ticketRow(ticket)).toMatchObject({ assignee: null, taken_at: null, department: desk.departments.sales });
    expect(await order('take', desk.carla)).toMatchObject({ ok: false, reason: 'not-yours' });
  });

  it('gives it to nobody who has left, and to no department that is none', async () => {
    await order('take', desk.carla);
    await desks.run('ours', 'update users set active = false where id = ?', [desk.diego]);
    for (const to of [{ agent: desk.diego }, { agent: 'nobody' }, { department: randomUUID() }]) {
      expect(await order('transfer', desk.carla, { to })).toMatchObject({ ok: false, reason: 'nobody' });
    }
  });

  it('keeps a note once', async () => {
    const command = await desks.accept(desk, ticket, desk.carla, 'Es cliente desde 2019', 'note');
    expect(await order('note', desk.carla, { command })).toMatchObject({ ok: true });
    expect(await order('note', desk.carla, { command })).toMatchObject({ ok: true });
    expect(await desks.look('select text from notes where ticket = $1', [ticket])).toHaveLength(1);
    expect(await refusedAs(order('note', desk.carla))).toBe('text-unknown');
  });

  it('closes it with a comment, gives the conversation back, and opens it again', async () => {
    await order('take', desk.carla);
    const command = await desks.accept(desk, ticket, desk.carla, 'Se cambió el cable', 'close-comment');
    expect(await order('close', desk.carla, { command })).toMatchObject({ ok: true, ticket: { state: 'closed', closedAtMs: desks.nowMs } });
    expect(await desks.ticketRow(ticket)).toMatchObject({
      closed_by: desk.carla, close_comment: 'Se cambió el cable', assignee: desk.carla, waiting_since: null,
    });
    expect(await openTicketOf(desk.conversation)).toBeNull();
    expect(await order('reopen', desk.supervisor)).toMatchObject({ ok: true, ticket: { state: 'in-progress', assignee: desk.supervisor } });
    expect(await desks.ticketRow(ticket)).toMatchObject({ closed_at: null, closed_by: null });
    expect(await openTicketOf(desk.conversation)).toBe(ticket);
    expect(await trail()).toEqual(['opened', 'taken', 'closed', 'reopened']);
  });

  it('does not open one again beside a newer one', async () => {
    await order('close', desk.supervisor);
    await desks.ticket(desk);
    expect(await order('reopen', desk.supervisor)).toEqual({ ok: false, reason: 'another-open' });
  });

  it("is not for another company's ticket, nor for another company's people", async () => {
    const theirs = await desks.desk('theirs');
    expect(await refusedAs(order('take', theirs.carla, { company: 'theirs' }))).toBe('ticket-unknown');
    expect(await refusedAs(order('take', theirs.carla))).toBe('person-unknown');
    await order('take', desk.carla);
    for (const to of [{ agent: theirs.carla }, { department: theirs.departments.support }]) {
      expect(await order('transfer', desk.carla, { to })).toMatchObject({ ok: false, reason: 'nobody' });
    }
    expect(await trail()).toEqual(['opened', 'taken']);
  });
});

describe('checkTicket', () => {
  const minutes = (count: number) => count * 60_000;
  const waitingSince = (atMs: number | null) =>
    desks.run('ours', 'update tickets set waiting_since = ? where id = ?', [atMs === null ? null : new Date(atMs).toISOString(), ticket]);
  const check = (company = 'ours') => desks.tickets.checkTicket({ company, ticket });

  it('says when it is due, raises it then, and once', async () => {
    await waitingSince(desks.nowMs - minutes(4));
    expect(await check()).toEqual({ ticket: { state: 'pending' }, dueInMs: minutes(6) });
    await waitingSince(desks.nowMs - minutes(11));
    expect(await check()).toEqual({ ticket: { state: 'pending' } });
    expect((await desks.ticketRow(ticket))['alarmed_at']).toEqual(new Date(desks.nowMs));
    expect(await check()).toEqual({ ticket: { state: 'pending' } });
    expect(await trail()).toEqual(['opened', 'alarmed']);
  });

  it('finds nothing to raise when nobody waits, or the ticket is closed', async () => {
    await waitingSince(null);
    expect(await check()).toEqual({ ticket: { state: 'pending' } });
    await order('close', desk.supervisor);
    await waitingSince(desks.nowMs - minutes(60));
    expect(await check()).toEqual({ ticket: { state: 'closed', closedAtMs: desks.nowMs } });
    expect((await desks.ticketRow(ticket))['alarmed_at']).toBeNull();
  });

  it("does not look at another company's ticket", async () => {
    expect(await refusedAs(check('theirs'))).toBe('ticket-unknown');
  });
});
