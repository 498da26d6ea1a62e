import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Hold } from './hold.js';
import { AMOUNT, IspLedger, owingBook } from './isp-ledger.js';
import { OwnBook } from './own-book.js';
import type { PayingCustomer } from './paying-customer.js';
import { SettlementStage } from './settlement-stage.js';

let stage: SettlementStage;
beforeAll(async () => {
  stage = await SettlementStage.start();
}, 300_000);
afterEach(() => Hold.releaseAll());
afterAll(() => stage?.stop());

const once = async (all: readonly PayingCustomer[], told: readonly string[], lines: readonly string[]) => {
  expect(await Promise.all(all.map((one) => one.told()))).toEqual(all.map(() => told));
  expect(await Promise.all(all.map((one) => stage.linesOf(one)))).toEqual(all.map(() => lines));
};
const bookOf = (all: readonly PayingCustomer[], series: string, status: 'active' | 'suspended') => owingBook(all.map(({ name, person }) => ({ name, phone: person.number })), series, status);

/**
 * Whose worker dies where. held: the order is written down as in doubt and has reached the ISP's system, which has done nothing · applied: it has done
 * it, and not answered · open: what has become of it is not committed in our rows · written: it is, and nobody else has heard of it.
 */
interface Points {
  /** The payment, and taking it back. */
  money: Record<'held' | 'applied' | 'open', PayingCustomer>;
  /** Switching on, and off again. */
  service: Record<'held' | 'applied' | 'open', PayingCustomer>;
  tell: Record<'open' | 'written', PayingCustomer>;
  notify: Record<'open' | 'written', PayingCustomer>;
}

describe('payments of customers in MikroWisp', { timeout: 240_000 }, () => {
  let isp: IspLedger;
  let all: PayingCustomer[];
  let at: Points;

  beforeAll(async () => {
    isp = new IspLedger(stage.copy, 'mikrowisp');
    all = await stage.customers(['Alba Wisp', 'Bruna Wisp', 'Celia Wisp', 'Delia Wisp', 'Elsa Wisp', 'Flora Wisp', 'Gilda Wisp', 'Haydee Wisp', 'Iris Wisp', 'Juana Wisp'], '54934166610');
    const nth = (place: number) => all[place]!;
    at = {
      money: { held: nth(0), applied: nth(1), open: nth(2) }, service: { held: nth(3), applied: nth(4), open: nth(5) },
      tell: { open: nth(6), written: nth(7) }, notify: { open: nth(8), written: nth(9) },
    };
    await isp.open(stage.boss, bookOf(all, 'c1', 'suspended'));
    await Promise.all(all.map((one) => one.getsLink()));
  }, 120_000);

  const partsOf = async (one: PayingCustomer) => [(await one.settlement())?.parts[0], (await isp.of(one.name)).payments.map(({ reversed }) => (reversed ? 'reversed' : 'paid')).join()];
  const serviceOf = async (one: PayingCustomer, step: 'reactivate' | 'suspend') => [(await one.settlement())?.steps[step], (await isp.standingOf(one.name)).isOn ? 'on' : 'off'];

  /** MikroWisp switches the service on with the payment; the nightly cut comes between, so that it has to be told to. */
  async function paysAndIsCutOff(one: PayingCustomer): Promise<Hold> {
    const paid = await one.holdRow('register');
    await one.pays();
    await paid.reached();
    await isp.cutsOff(one.name);
    return paid;
  }

  it('are each registered, switched on and told of once, though the worker is killed at every step, before and after it has its effect', async () => {
    const { money, service, tell, notify } = at;
    for (const moment of ['held', 'applied'] as const) {
      const isThere = await isp.stops(moment, 'PaidInvoice');
      await money[moment].pays();
      await isThere();
    }
    for (const moment of ['held', 'applied'] as const) {
      const paid = await paysAndIsCutOff(service[moment]);
      const isThere = await isp.stops(moment, 'ActiveService');
      await paid.release();
      await isThere();
    }
    const paid = await paysAndIsCutOff(service.open);
    const holds = await Promise.all([
      money.open.holdRow('register'), service.open.holdRow('reactivate'), tell.open.holdRow('tell'), notify.open.holdRow('notify'), tell.written.holdRow('tell'), notify.written.holdRow('notify'),
    ]);
    await paid.release();
    await Promise.all([money.open, tell.open, notify.open, tell.written, notify.written].map((one) => one.pays()));
    await Promise.all(holds.map((hold) => hold.reached()));

    expect(await Promise.all([money.held, money.applied, money.open].map(partsOf))).toEqual([['unknown', ''], ['unknown', 'paid'], ['unknown', 'paid']]);
    expect(await Promise.all([service.held, service.applied, service.open].map((one) => serviceOf(one, 'reactivate')))).toEqual([['pending', 'off'], ['pending', 'on'], ['pending', 'on']]);
    await once([tell.open, tell.written], [], []);
    await once([notify.open, notify.written], ['reactivated'], []);
    await stage.killWorker({
      uncommitted: holds.slice(0, 4), written: [{ hold: holds[4], of: tell.written, step: 'tell' }, { hold: holds[5], of: notify.written, step: 'notify' }],
    });

    const cut = new Set(Object.values(service));
    for (const [nth, { id }] of (await stage.untilAll(all, 'done', 1)).entries()) {
      const one = all[nth]!;
      expect(await isp.of(one.name), one.name).toEqual({
        payments: [{ reference: `${id}-1`, amount: AMOUNT, reversed: false }], switches: cut.has(one) ? ['active', 'suspended', 'active'] : ['active'],
      });
      expect(await isp.standingOf(one.name)).toEqual({ isOn: true, owes: '0.00' });
    }
    await once(all, ['reactivated'], ['Pago registrado']);
  });

  it('are each taken back, switched off and told of once when the money is given back, though the worker is killed at every step of that, too', async () => {
    const { money, service, tell, notify } = at;
    const before = await Promise.all(all.map((one) => isp.of(one.name)));
    for (const [point, command] of [[money, 'DeleteTransaccion'], [service, 'SuspendService']] as const) {
      for (const moment of ['held', 'applied'] as const) {
        const isThere = await isp.stops(moment, command);
        await point[moment].isRefunded();
        await isThere();
      }
    }
    const holds = await Promise.all([
      money.open.holdRow('reverse'), service.open.holdRow('suspend'), tell.open.holdRow('tell-reversal'), notify.open.holdRow('notify-reversal'),
      tell.written.holdRow('tell-reversal'), notify.written.holdRow('notify-reversal'),
    ]);
    await Promise.all([money.open, service.open, tell.open, notify.open, tell.written, notify.written].map((one) => one.isRefunded()));
    await Promise.all(holds.map((hold) => hold.reached()));

    expect(await Promise.all([money.held, money.applied, money.open].map(partsOf))).toEqual([['done', 'paid'], ['already', 'reversed'], ['already', 'reversed']]);
    expect(await Promise.all([service.held, service.applied, service.open].map((one) => serviceOf(one, 'suspend')))).toEqual([[undefined, 'on'], [undefined, 'off'], [undefined, 'off']]);
    await once([tell.open, tell.written], ['reactivated'], ['Pago registrado']);
    await once([notify.open, notify.written], ['reactivated', 'refunded'], ['Pago registrado']);
    await stage.killWorker({
      uncommitted: holds.slice(0, 4),
      written: [{ hold: holds[4], of: tell.written, step: 'tell-reversal' }, { hold: holds[5], of: notify.written, step: 'notify-reversal' }],
    });

    await stage.untilAll(all, 'reversed', 2);
    for (const [nth, one] of all.entries()) {
      const { payments, switches } = before[nth]!;
      expect(await isp.of(one.name), one.name).toEqual({ payments: payments.map((payment) => ({ ...payment, reversed: true })), switches: [...switches, 'suspended'] });
      expect(await isp.standingOf(one.name)).toEqual({ isOn: false, owes: AMOUNT });
    }
    await once(all, ['reactivated', 'refunded'], ['Pago registrado', 'Quedó anulado en el sistema']);
  });
});

describe('payments of customers in ISPCube, which cannot tell ours from another', { timeout: 240_000 }, () => {
  it('are in doubt when the worker is killed over them, wait for a person, and are there once when that one has looked', async () => {
    const isp = new IspLedger(stage.copy, 'ispcube');
    const all = await stage.customers(['Karina Cubo', 'Lidia Cubo', 'Marta Cubo'], '54934166620');
    const [held, applied, open] = all as [PayingCustomer, PayingCustomer, PayingCustomer];
    await isp.open(stage.boss, bookOf(all, 'c2', 'active'));
    await Promise.all(all.map((one) => one.getsLink()));
    for (const [moment, one] of Object.entries({ held, applied }) as ['held' | 'applied', PayingCustomer][]) {
      const isThere = await isp.stops(moment, 'payment_save');
      await one.pays();
      await isThere();
    }
    const row = await open.holdRow('register');
    await open.pays();
    await row.reached();
    await stage.killWorker({ uncommitted: [row] });

    const stuck = await Promise.all(all.map((one) => one.isIn('stuck')));
    expect(stuck.map(({ steps, parts }) => [steps.register, parts])).toEqual(all.map(() => ['unknown', ['unknown']]));
    await once(all, [], []);
    for (const [nth, { id }] of stuck.entries()) {
      const isThere = (await isp.of(all[nth]!.name)).payments.length > 0;
      await stage.boss('POST', `/api/settlements/${id}/resolve`, { how: isThere ? 'by-hand' : 'retry', why: isThere ? 'Está en ISPCube' : 'No está en ISPCube' });
    }
    await stage.untilAll(all, 'done', 1);
    for (const one of all) expect(await isp.of(one.name), one.name).toEqual({ payments: [expect.objectContaining({ amount: AMOUNT, reversed: false })], switches: ['active'] }); // ISPCube lets whoever owes nothing online
    await once(all, ['accepted'], ['Pago registrado']);
  });
});

describe("payments of customers in Hilo's own book", { timeout: 240_000 }, () => {
  it('are each registered and switched on, or taken back and switched off, once, though the worker is killed at it', async () => {
    const book = new OwnBook(stage.copy);
    const all = await stage.customers(['Nilda Libro', 'Olga Libro', 'Paula Libro', 'Quela Libro', 'Rosa Libro', 'Sara Libro', 'Telma Libro', 'Ursula Libro'], '54934166630');
    await book.add(bookOf(all, 'c3', 'suspended'));
    await stage.boss('POST', '/api/integrations/activate', { system: 'embedded' });
    await Promise.all(all.map((one) => one.getsLink()));
    const [there, back] = [all.slice(0, 4), all.slice(4)];
    await Promise.all(back.map((one) => one.pays()));
    await stage.untilAll(back, 'done', 1);

    const holds = await Promise.all([
      book.holdAccount(there[0]!.name), there[1]!.holdRow('register'), book.holdService(there[2]!.name), there[3]!.holdRow('reactivate'),
      book.holdAccount(back[0]!.name), back[1]!.holdRow('reverse'), book.holdService(back[2]!.name), back[3]!.holdRow('suspend'),
    ]);
    await Promise.all([...there.map((one) => one.pays()), ...back.map((one) => one.isRefunded())]);
    await Promise.all(holds.map((hold) => hold.reached()));
    const facts = async (one: PayingCustomer) => [(await one.settlement())?.parts[0], (await book.of(one.name)).map(({ reversed }) => (reversed ? 'reversed' : 'paid')).join(), (await book.standingOf(one.name)).isOn];
    expect(await Promise.all(all.map(facts))).toEqual([
      ['unknown', '', false], ['unknown', 'paid', false], ['done', 'paid', false], ['done', 'paid', true],
      ['done', 'paid', true], ['done', 'reversed', true], ['reversed', 'reversed', true], ['reversed', 'reversed', false],
    ]);
    await stage.killWorker({ uncommitted: holds });

    const settled = [...await stage.untilAll(there, 'done', 1), ...await stage.untilAll(back, 'reversed', 2)];
    for (const [nth, one] of all.entries()) {
      const reversed = back.includes(one);
      expect(await book.of(one.name), one.name).toEqual([{ reference: `${settled[nth]!.id}-1`, amount: AMOUNT, reversed }]);
      expect(await book.standingOf(one.name)).toEqual({ isOn: !reversed, owes: reversed ? AMOUNT : '0.00' });
    }
    await once(there, ['reactivated'], ['Pago registrado']);
    await once(back, ['reactivated', 'refunded'], ['Pago registrado', 'Quedó anulado en el sistema']);
    expect(await stage.copy.network.unknown()).toEqual([]);
  });
});
