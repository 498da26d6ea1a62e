import { randomUUID } from 'node:crypto';
import { waitFor } from '../../libs/testing/wait-for.js';
import type { ScriptedWorld } from '../conversation/scripted-world.js';
import { watchLink } from '../payment-link/client.js';
import { look, workflowId as linkId, type PaymentLinkRef } from '../payment-link/contract.js';
import { lookAtPayment } from '../platform-payment/client.js';
import { workflowId as paymentId, type PlatformPaymentRef } from '../platform-payment/contract.js';

const endOf = (world: ScriptedWorld, id: string) =>
  waitFor('its end', async () => (await world.environment.client.workflow.getHandle(id).describe()).status.name === 'COMPLETED');
const refOf = ({ company }: ScriptedWorld, payment: string): PlatformPaymentRef => ({ company, platform: 'mercadopago', payment });

/** One way a link can go; answers it. By the name of the file in `payment-link/`. */
export const linkScenarios: Readonly<Record<string, (world: ScriptedWorld) => Promise<PaymentLinkRef>>> = {
  'found-pending-then-paid': async (world) => {
    const { payments } = world.activities;
    const ref = { company: world.company, link: randomUUID() };
    const script = payments.addLink(ref.link);
    const payment = payments.add({ money: 'waiting', link: ref.link, receipts: [] });
    script.payments.push(payment);
    await watchLink(world.environment.client.workflow, ref);
    await world.environment.sleep('1h');
    payments.of(payment).says = [{ money: 'paid', receipts: [] }];
    await lookAtPayment(world.environment.client.workflow, refOf(world, payment));
    await endOf(world, paymentId(refOf(world, payment))); // before its parent: see the specs
    script.state = 'paid';
    await world.environment.client.workflow.getHandle(linkId(ref)).signal(look);
    await endOf(world, linkId(ref));
    return ref;
  },
};

/** One way a payment can go; answers it. By the name of the file in `platform-payment/`. Notices alone wake it: a settlement outlives the first (see the spec). */
export const paymentScenarios: Readonly<Record<string, (world: ScriptedWorld) => Promise<PlatformPaymentRef>>> = {
  'absent-then-paid-and-settled': async (world) => {
    const known = { link: randomUUID(), receipts: [randomUUID()] };
    const ref = refOf(world, world.activities.payments.add({ money: 'absent', receipts: [] }, { money: 'waiting', ...known }, { money: 'paid', settlement: randomUUID(), ...known }));
    for (const looks of [1, 2, 3]) {
      await lookAtPayment(world.environment.client.workflow, ref);
      await waitFor('a look', () => world.activities.payments.of(ref.payment).looks === looks);
      if (looks < 3) await world.restOf(paymentId(ref));
    }
    await endOf(world, paymentId(ref));
    return ref;
  },

  'taken-back': async (world) => {
    const ref = refOf(world, world.activities.payments.add({ money: 'reversed', reverse: { settlement: randomUUID(), cause: 'refunded' }, link: randomUUID(), receipts: [] }));
    await lookAtPayment(world.environment.client.workflow, ref);
    await endOf(world, paymentId(ref));
    return ref;
  },
};
