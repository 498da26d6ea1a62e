import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FrontDesks } from '../testing/front-desk.js';
import { PayingCompany } from './testing/paying-company.js';

/** Both of Ana's invoices are overdue by then. */
const LATER = Date.parse('2026-12-20T15:00:00Z');
let desks: FrontDesks;
beforeAll(async () => {
  desks = await FrontDesks.open();
});
afterAll(() => desks.close());

const reactivate = async (company: PayingCompany, settlement: string) => (await company.steps(settlement)).find(({ step }) => step === 'reactivate');

describe.each(['embedded', 'wisphub'] as const)('a payment that leaves something overdue in %s', (system) => {
  it('does not bring the service back, and the customer is not told so; the one that pays the rest does', async () => {
    const company = await PayingCompany.open(desks, system);
    company.nowMs = LATER;
    const part = await company.settle();
    expect(await company.drive(part)).toBe('done');
    expect(await reactivate(company, part)).toMatchObject({ state: 'skipped', note: 'Queda deuda vencida: el servicio sigue suspendido.' });
    expect([await company.isOff(), (await company.said()).at(-1)]).toEqual([true, '✅ ¡Listo, Ana! Registramos tu pago de $ 27.900,20. ¡Gracias!']);
    const rest = await company.settle();
    expect(await company.drive(rest)).toBe('done');
    expect([await company.isOff(), (await company.standing()).length]).toEqual([false, 2]);
  });

  it('brings it back where the company lets it', async () => {
    const company = await PayingCompany.open(desks, system);
    company.nowMs = LATER;
    expect(await company.drive(await company.settle({ reactivateOnPartial: true }))).toBe('done');
    expect(await company.isOff()).toBe(false);
  });

  it('leaves the service as it is, for a person, where the system does not tell what is overdue', async () => {
    const company = await PayingCompany.open(desks, system);
    company.movedTo = {
      ...company.system, act: (order, signal) => company.system.act(order, signal),
      ask: async (query, signal) => {
        const answer = await company.system.ask(query, signal);
        return answer.ok && answer.kind === 'account'
          ? { ok: true, kind: 'account', account: { balance: { amount: '99999.00', currency: 'ARS' }, invoices: [], suspended: answer.account.suspended }, asOf: answer.asOf, cached: false } : answer;
      },
    };
    const settlement = await company.settle();
    expect(await company.drive(settlement)).toBe('stuck');
    expect(await reactivate(company, settlement)).toMatchObject({ state: 'failed', note: expect.stringContaining('No se sabe') as string });
    expect([await company.isOff(), (await company.standing()).length]).toEqual([true, 1]);
    await company.order(settlement, { how: 'give-up' });
    expect(await company.drive(settlement)).toBe('done');
  });
});

it.each([[false, false, 'quedó como estaba'], [true, true, 'se le pide']])('where the system does not even tell who is suspended (reactivateOnPartial %s) it is asked to reactivate: %s', async (reactivateOnPartial, isAsked, note) => {
  const company = await PayingCompany.open(desks, 'wisphub');
  const asked: boolean[] = [];
  const capabilities = new Set([...company.system.capabilities].filter((one) => one !== 'account'));
  company.movedTo = { ...company.system, capabilities, act: (order, signal) => (order.kind === 'pay' && asked.push(order.reactivate), company.system.act(order, signal)) };
  const settlement = await company.settle({ reactivateOnPartial });
  expect(await company.drive(settlement)).toBe('done');
  expect([asked, await reactivate(company, settlement)]).toEqual([[isAsked], expect.objectContaining({ state: 'skipped', note: expect.stringContaining(note) as string })]);
});

it('where the system itself switches on with each payment that is its company’s rule, and people are told', async () => {
  const company = await PayingCompany.open(desks, 'mikrowisp');
  company.nowMs = LATER;
  const settlement = await company.settle();
  expect(await company.drive(settlement)).toBe('done');
  expect(await reactivate(company, settlement)).toMatchObject({ state: 'already', note: expect.stringContaining('aunque queda deuda vencida') as string });
  expect(await company.isOff()).toBe(false);
});

it('a settlement of an earlier release, whose company could not choose, brings the service back as it did', async () => {
  const company = await PayingCompany.open(desks, 'embedded');
  company.nowMs = LATER;
  const settlement = await company.settle();
  await desks.run('ours', `update settlements set policy = policy - 'reactivateOnPartial' where id = ?`, [settlement]);
  expect(await company.drive(settlement)).toBe('done');
  expect(await company.isOff()).toBe(false);
});
