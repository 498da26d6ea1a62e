import { describe, expect, it } from 'vitest';
import type { Role } from '../roles.js';
import { maySeeTicket, mayWriteIn, type Person, type TicketFacts } from './access.js';
import { ticketRefusals, type Target, type Ticket, type TicketCommand, type TicketRefusal } from './command.js';
import { decideTicket } from './decide.js';

const nowMs = 1_000_000;
const carla: Person = { id: 'carla', role: 'operator', departments: ['support'] };

/** How the actor stands to the ticket, which is Carla's once somebody has it and of the support department. */
type Relation = 'holder' | 'colleague' | 'stranger';
const relations: readonly Relation[] = ['holder', 'colleague', 'stranger'];
const actorOf = (role: Role, relation: Relation): Person => ({
  id: relation === 'holder' ? 'carla' : 'diego',
  role,
  departments: relation === 'stranger' ? ['sales'] : ['support'],
});

const states: Readonly<Record<Ticket['state'], Ticket>> = {
  pending: { state: 'pending', department: 'support', hasSuccessor: false },
  'in-progress': { state: 'in-progress', department: 'support', assignee: 'carla', takenAtMs: 500, hasSuccessor: false },
  closed: { state: 'closed', department: 'support', assignee: 'carla', takenAtMs: 500, closedAtMs: 900, hasSuccessor: false },
};

const elsewhere: Person = { id: 'elsa', role: 'operator', departments: ['sales'] };
const commands: Readonly<Record<string, TicketCommand>> = {
  take: { kind: 'take' },
  'to Elsa': { kind: 'transfer', target: { agent: elsewhere } },
  'to sales': { kind: 'transfer', target: { department: 'sales' } },
  note: { kind: 'note' },
  close: { kind: 'close' },
  reopen: { kind: 'reopen' },
};

type Expected = TicketRefusal | 'ok';
/** By state and command: what operators hear (holder, colleague, stranger), and what supervisors and administrators do. */
const table: [Ticket['state'], string, [Expected, Expected, Expected], Expected][] = [
  ['pending', 'take', ['ok', 'ok', 'not-yours'], 'ok'],
  ['pending', 'to Elsa', ['not-yours', 'not-yours', 'not-yours'], 'ok'],
  ['pending', 'to sales', ['not-yours', 'not-yours', 'not-yours'], 'ok'],
  ['pending', 'note', ['ok', 'ok', 'not-yours'], 'ok'],
  ['pending', 'close', ['not-yours', 'not-yours', 'not-yours'], 'ok'],
  ['pending', 'reopen', ['open', 'open', 'not-yours'], 'open'],
  ['in-progress', 'take', ['same', 'taken', 'taken'], 'taken'],
  ['in-progress', 'to Elsa', ['ok', 'taken', 'taken'], 'ok'],
  ['in-progress', 'to sales', ['ok', 'taken', 'taken'], 'ok'],
  ['in-progress', 'note', ['ok', 'taken', 'taken'], 'ok'],
  ['in-progress', 'close', ['ok', 'taken', 'taken'], 'ok'],
  ['in-progress', 'reopen', ['open', 'taken', 'taken'], 'open'],
  ['closed', 'take', ['closed', 'not-yours', 'not-yours'], 'closed'],
  ['closed', 'to Elsa', ['closed', 'not-yours', 'not-yours'], 'closed'],
  ['closed', 'to sales', ['closed', 'not-yours', 'not-yours'], 'closed'],
  ['closed', 'note', ['closed', 'not-yours', 'not-yours'], 'closed'],
  ['closed', 'close', ['closed', 'not-yours', 'not-yours'], 'closed'],
  ['closed', 'reopen', ['ok', 'not-yours', 'not-yours'], 'ok'],
];

const cases: { state: Ticket['state']; command: string; role: Role; relation: Relation; expected: Expected }[] = table.flatMap(([state, command, operators, overseer]) => [
  ...relations.map((relation, index) => ({ state, command, role: 'operator' as const, relation, expected: operators[index]! })),
  ...(['supervisor', 'administrator'] as const).flatMap((role) =>
    (['colleague', 'stranger'] as const).map((relation) => ({ state, command, role: role, relation, expected: overseer })),
  ),
]);

describe('a command on a ticket', () => {
  it('has an expectation for each state, command, role and relation', () => {
    expect(table).toHaveLength(Object.keys(states).length * Object.keys(commands).length);
    expect(new Set(table.map(([state, command]) => `${state} ${command}`)).size).toBe(table.length);
  });

  it.each(cases)('$state: $command by $role ($relation) is $expected', ({ state, command, role, relation, expected }) => {
    const decision = decideTicket(states[state], commands[command]!, actorOf(role, relation), nowMs);
    expect(decision.ok ? 'ok' : decision.reason).toBe(expected);
    if (!decision.ok && state === 'in-progress') expect(decision.by).toEqual({ agent: 'carla', atMs: 500 });
    if (!decision.ok && state !== 'in-progress') expect(decision.by).toBeUndefined();
  });

  it('is refused for each reason there is', () => {
    const refusals = new Set(cases.map(({ expected }) => expected));
    const others = ['nobody', 'another-open'];
    expect([...refusals, ...others].filter((reason) => reason !== 'ok').sort()).toEqual([...ticketRefusals].sort());
  });
});

describe('what becomes of a ticket', () => {
  const supervisor: Person = { id: 'sofia', role: 'supervisor', departments: [] };
  const transferTo = (target: Target | undefined, ticket = states['in-progress']) =>
    decideTicket(ticket, { kind: 'transfer', target }, supervisor, nowMs);

  it('that is taken: it is the taker’s from now on', () => {
    expect(decideTicket(states.pending, { kind: 'take' }, carla, nowMs)).toEqual({
      ok: true,
      change: { state: 'in-progress', assignee: 'carla', takenAtMs: nowMs },
      event: { kind: 'taken', agent: 'carla' },
    });
  });

  it('that is given to a colleague: it is in progress with them, also when nobody had it', () => {
    expect(transferTo({ agent: elsewhere })).toMatchObject({
      change: { state: 'in-progress', assignee: 'elsa', takenAtMs: nowMs },
      event: { kind: 'transferred', from: 'carla', agent: 'elsa' },
    });
    expect(transferTo({ agent: elsewhere }, states.pending)).toMatchObject({ change: { assignee: 'elsa' }, event: { kind: 'transferred' } });
  });

  it('that is given to a department: nobody has it, and it waits there', () => {
    expect(transferTo({ department: 'sales' })).toMatchObject({
      change: { state: 'pending', assignee: null, takenAtMs: null, department: 'sales' },
      event: { kind: 'transferred', from: 'carla', department: 'sales' },
    });
    expect(transferTo({ department: 'support' })).toMatchObject({ ok: true });
  });

  it('that is given to whom has it, to where it waits, or to nobody: nothing', () => {
    expect(transferTo({ agent: carla })).toMatchObject({ ok: false, reason: 'same' });
    expect(transferTo({ department: 'support' }, states.pending)).toMatchObject({ ok: false, reason: 'same' });
    expect(transferTo(undefined)).toMatchObject({ ok: false, reason: 'nobody' });
  });

  it('that is closed: it keeps who had it, and says who closed it and when', () => {
    const decision = decideTicket(states['in-progress'], { kind: 'close' }, supervisor, nowMs);
    expect(decision).toEqual({ ok: true, change: { state: 'closed', closedAtMs: nowMs, closedBy: 'sofia' }, event: { kind: 'closed' } });
  });

  it('that is opened again: it is the one’s who opens it, unless the customer has a newer one', () => {
    expect(decideTicket(states.closed, { kind: 'reopen' }, supervisor, nowMs)).toMatchObject({
      change: { state: 'in-progress', assignee: 'sofia', closedAtMs: null, closedBy: null },
    });
    const replaced = { ...states.closed, hasSuccessor: true };
    expect(decideTicket(replaced, { kind: 'reopen' }, supervisor, nowMs)).toEqual({ ok: false, reason: 'another-open' });
  });
});

describe('who may', () => {
  const everywhere: TicketFacts = { state: 'pending' };

  it('see a ticket that waits: everybody, those of its department, or who looks after all', () => {
    expect(maySeeTicket(elsewhere, everywhere)).toBe(true);
    expect(maySeeTicket(elsewhere, states.pending)).toBe(false);
    expect(maySeeTicket(carla, states.pending)).toBe(true);
    for (const role of ['supervisor', 'administrator'] as const) expect(maySeeTicket({ ...elsewhere, role }, states.pending)).toBe(true);
  });

  it('see a ticket that somebody has: that person, also after it was closed', () => {
    for (const state of ['in-progress', 'closed'] as const) {
      expect(maySeeTicket(carla, states[state])).toBe(true);
      expect(maySeeTicket({ ...carla, id: 'diego' }, states[state])).toBe(false);
    }
  });

  it('write to the customer: who has the ticket while it is in progress, and nobody else whatever their role', () => {
    expect(mayWriteIn(carla, states['in-progress'])).toBe(true);
    expect(mayWriteIn(carla, states.closed)).toBe(false);
    expect(mayWriteIn(carla, { ...states.pending, assignee: 'carla' })).toBe(false);
    expect(mayWriteIn({ id: 'sofia' }, states['in-progress'])).toBe(false);
  });
});
