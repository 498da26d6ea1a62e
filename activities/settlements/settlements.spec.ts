import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultReceiptPolicy } from '../../libs/domain/receipt/policy.js';
import { FrontDesks } from '../testing/front-desk.js';
import { PayingCompany, type Moment, type PayingSystem } from './testing/paying-company.js';

let desks: FrontDesks;
beforeAll(async () => {
  desks = await FrontDesks.open();
});
afterAll(() => desks.close());

const stepsOf = async (company: PayingCompany, settlement: string) => Object.fromEntries((await company.steps(settlement)).map(({ step, state }) => [step, state]));
const once = ['✅ ¡Listo, Ana! Registramos tu pago de $ 27.900,20 y tu servicio vuelve en unos minutos. ¡Gracias!'];
const standing = async (company: PayingCompany) => (await company.standing()).map(Number);
const systems: PayingSystem[] = ['embedded', 'mikrowisp', 'wisphub', 'ispcube'];
const kills = (['pay', 'reactivate', 'say'] as const).flatMap((kind) => (['before', 'after'] as Moment[]).map((moment) => [kind, moment] as const));

describe.each(systems)('a payment on its way into %s', (system) => {
  it.each(kills)('is registered once though the worker is killed at «%s», %s its effect', async (kind, moment) => {
    const company = await PayingCompany.open(desks, system);
    const settlement = await company.settle();
    company.kill = { kind, moment };
    const state = await company.drive(settlement);
    if (system === 'ispcube' && kind === 'pay') {
      // Nobody can tell one payment there from another: a person looks.
      expect([state, await stepsOf(company, settlement)]).toEqual(['stuck', expect.objectContaining({ register: 'unknown' })]);
      expect(await standing(company)).toEqual(moment === 'before' ? [] : [27_900.2]);
      expect(await company.said()).toEqual([]);
      expect(await company.order(settlement, { how: 'retry' })).toMatchObject({ ok: true });
      await company.drive(settlement);
    }
    expect(await standing(company)).toEqual([27_900.2]);
    expect(await company.isOff()).toBe(system === 'ispcube');
    const expected = system === 'ispcube' ? ['✅ ¡Listo, Ana! Registramos tu pago de $ 27.900,20. ¡Gracias!'] : once;
    expect(await company.said()).toEqual(expected);
    if (system !== 'ispcube') expect(state).toBe('done');
  });
});

describe.each(['mikrowisp', 'wisphub'] as const)('a payment while %s fails', (system) => {
  it.each(['apply-then-timeout', 'timeout', 'html', 'unavailable', 'drop'] as const)('with %s is registered once, and what is not known is not called done', async (kind) => {
    const company = await PayingCompany.open(desks, system);
    const settlement = await company.settle();
    company.fault(kind, 1, system === 'mikrowisp' ? 'PaidInvoice' : 'registrar-pago');
    const state = await company.drive(settlement);
    expect(await standing(company)).toEqual([27_900.2]);
    // WispHub reconnects in a task whose number was lost with the answer; the simulated one does no task that nobody asks about.
    const isOff = system === 'wisphub' && kind === 'apply-then-timeout';
    expect([state, await company.isOff(), (await stepsOf(company, settlement))['reactivate']]).toEqual(isOff ? ['stuck', true, 'failed'] : ['done', false, 'already']);
    expect(await company.said()).toEqual(isOff ? ['✅ ¡Listo, Ana! Registramos tu pago de $ 27.900,20. ¡Gracias!'] : once);
  });

  it('that answers nobody is stuck in the end, with nothing registered and nobody told; given up by a person, its receipt can be settled again', async () => {
    const company = await PayingCompany.open(desks, system);
    const settlement = await company.settle();
    company.fault('unavailable', 10_000);
    expect(await company.drive(settlement)).toBe('stuck');
    expect(await stepsOf(company, settlement)).toEqual({ register: 'waiting' });
    expect(await company.order(settlement, { how: 'give-up' })).toEqual({ ok: true, state: 'given-up' });
    expect([await standing(company), await company.said()]).toEqual([[], []]);
    expect(await desks.look('select 1 from money_keys where settlement = $1', [settlement])).toEqual([]);
    expect(await desks.look(`select actor_name from audit_log where action = 'settlement.resolved' and subject = $1`, [settlement])).toEqual([{ actor_name: 'Sofía' }]);
  });
});

it('of somebody whose name nobody asked for yet is told to them by it', async () => {
  const company = await PayingCompany.open(desks, 'embedded');
  const settlement = await company.settle();
  await desks.run('ours', `update settlements set customer_name = '' where id = ?`, [settlement]);
  expect(await company.drive(settlement)).toBe('done');
  expect(await company.said()).toEqual(once);
});

describe('a payment that is refused afterwards', () => {
  const back = (['reverse-payment', 'suspend', 'say'] as const).flatMap((kind) => (['before', 'after'] as Moment[]).map((moment) => [kind, moment] as const));
  it.each((['embedded', 'mikrowisp'] as const).flatMap((system) => back.map(([kind, moment]) => [system, kind, moment] as const)))(
    'is taken back in %s once though the worker is killed at «%s», %s its effect', async (system, kind, moment) => {
      const company = await PayingCompany.open(desks, system);
      const settlement = await company.settle({ onRefusal: 'reverse-and-suspend' });
      await company.drive(settlement);
      await company.order(settlement, { cause: 'person' });
      company.kill = { kind, moment };
      expect(await company.drive(settlement)).toBe('reversed');
      expect([await standing(company), await company.isOff()]).toEqual([[], true]);
      expect(await company.said()).toEqual([...once, 'El pago de $ 27.900,20 que habíamos registrado quedó sin efecto: al revisarlo no se pudo confirmar. Si tenés dudas, escribí *agente*.']);
      expect(await desks.look('select 1 from money_keys where settlement = $1', [settlement])).toEqual([]);
    });

  it.each([
    ['was on before the payment', async (company: PayingCompany) => void (await desks.run('ours', `update services set status = 'active' where customer = ?`, [company.customer])), {}, undefined, false],
    ['the company switches on itself', () => Promise.resolve(), { actions: { ...defaultReceiptPolicy.actions, reactivate: false } }, undefined, true],
    ['somebody switched on by hand for it', () => Promise.resolve(), {}, 'by-hand', true],
  ] as const)('leaves a service that %s as it is, but for one that came back by this payment', async (_, arrange, policy, how, isOff) => {
    const company = await PayingCompany.open(desks, 'embedded');
    await arrange(company);
    const settlement = await company.settle({ onRefusal: 'reverse-and-suspend', ...policy });
    if (how) {
      await company.attempt(settlement, 'register');
      await desks.run('ours', `update settlement_steps set state = 'failed' where settlement = ? and step = 'reactivate'`, [settlement]);
      await company.drive(settlement);
      await company.order(settlement, { how });
    }
    await company.drive(settlement);
    const asked: string[] = [];
    const { act } = company.system;
    company.movedTo = { ...company.system, act: (order, signal) => (asked.push(order.kind), act(order, signal)) };
    await company.order(settlement, { cause: 'person' });
    expect(await company.drive(settlement)).toBe('reversed');
    expect([await company.isOff(), asked]).toEqual([isOff, how ? ['reverse-payment', 'suspend'] : ['reverse-payment']]);
    expect((await stepsOf(company, settlement))['suspend']).toBe(how ? 'already' : 'skipped');
  });

  it.each(['embedded', 'mikrowisp'] as const)('while nobody knows whether %s registered it leaves nothing there', async (system) => {
    for (const moment of ['before', 'after'] as const) {
      const company = await PayingCompany.open(desks, system);
      const settlement = await company.settle({ onRefusal: 'reverse' });
      company.kill = { kind: 'pay', moment };
      const ended = await company.drive(settlement, async (step) => {
        if (step === 'register' && company.kill) {
          await expect(company.attempt(settlement, step)).rejects.toThrow('killed');
          await company.order(settlement, { cause: 'charged-back' });
        }
      });
      expect(['reversed', 'given-up']).toContain(ended);
      expect(await standing(company)).toEqual([]);
      expect(await company.said()).toEqual([]);
      expect(await desks.look('select 1 from money_keys where settlement = $1', [settlement])).toHaveLength(1); // the bank's word
    }
  });

  it('before anything was ordered is given up, and nothing is ordered', async () => {
    const company = await PayingCompany.open(desks, 'embedded');
    const settlement = await company.settle();
    await company.order(settlement, { cause: 'person' });
    expect(await company.drive(settlement)).toBe('given-up');
    expect([await standing(company), await company.said()]).toEqual([[], []]);
  });

  it('waits for people where the system cannot take it back, or by policy nothing is', async () => {
    const wisphub = await PayingCompany.open(desks, 'wisphub');
    const stuck = await wisphub.settle({ onRefusal: 'reverse' });
    await wisphub.drive(stuck);
    await wisphub.order(stuck, { cause: 'refunded' });
    expect(await wisphub.drive(stuck)).toBe('stuck');
    expect(await wisphub.standing()).toHaveLength(1);
    await wisphub.order(stuck, { how: 'by-hand' });
    expect(await wisphub.drive(stuck)).toBe('reversed');
    expect((await wisphub.said()).at(-1)).toBe('Te devolvieron el pago de $ 27.900,20, así que la factura vuelve a quedar pendiente.');
    const book = await PayingCompany.open(desks, 'embedded');
    const kept = await book.settle();
    await book.drive(kept);
    await book.order(kept, { cause: 'charged-back' });
    expect(await book.drive(kept)).toBe('kept');
    expect([(await book.standing()).length, (await book.said()).length]).toEqual([1, 1]);
    expect(await book.order(kept, { how: 'retry' })).toEqual({ ok: false, reason: 'not-now' });
    expect(await book.order(kept, { how: 'by-hand' })).toEqual({ ok: true, state: 'reversing' });
    expect(await book.drive(kept)).toBe('reversed');
    expect((await book.said()).at(-1)).toMatch(/quedó sin efecto/u);
  });

  it("is nothing of another company's", async () => {
    const company = await PayingCompany.open(desks, 'embedded');
    const settlement = await company.settle();
    await expect(company.activities.lookAtSettlement({ company: 'theirs', settlement })).rejects.toMatchObject({ type: 'settlement-unknown' });
  });
});
