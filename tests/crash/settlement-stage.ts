import type { SettlementStep } from '../../libs/domain/settlement/settlement.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { administratorOf, type Administrator } from '../stories/administrator.js';
import { RunningCopy } from '../stories/running-copy.js';
import { Hold } from './hold.js';
import { PayingCustomer, type SettlementFacts } from './paying-customer.js';

const clerk = '5493434000771';

/** A running copy whose company takes back what is refunded and suspends again, and whose people hear of payments in a group. */
export class SettlementStage {
  private constructor(
    readonly copy: RunningCopy,
    readonly boss: Administrator,
    private readonly group: string,
  ) {}

  static async start(): Promise<SettlementStage> {
    const copy = await RunningCopy.start();
    const boss = await administratorOf(copy);
    await Hold.prepare(copy);
    const { policy, texts, version } = (await boss('GET', '/api/receipt-settings')) as { policy: object; texts: object; version: number };
    await boss('PUT', '/api/receipt-settings', { version, texts, policy: { ...policy, onRefusal: 'reverse-and-suspend' } });
    await copy.network.putPerson(clerk, { name: 'Carla' });
    const { id } = await copy.network.createGroup('Cobranzas', [await copy.account(), clerk]);
    await waitFor('the gateway to know of the group', async () => (await copy.rows('select 1 from wa_groups where jid = $1', [id])).length === 1);
    await copy.rows('update channels set group_jid = $1 where number = $2', [id, await copy.account()]);
    return new SettlementStage(copy, boss, id);
  }

  stop = () => this.copy.stop();

  /** @param prefix all but the last two digits of their phones */
  customers(names: readonly string[], prefix: string): Promise<PayingCustomer[]> {
    return Promise.all(names.map((name, at) => PayingCustomer.with(this.copy, name, `${prefix}${String(at).padStart(2, '0')}`)));
  }

  /** Waits until each payment is there and everybody has heard of it, so often. */
  async untilAll(all: readonly PayingCustomer[], state: SettlementFacts['state'], told: number): Promise<SettlementFacts[]> {
    const settled = await Promise.all(all.map((one) => one.isIn(state)));
    for (const one of all) {
      await waitFor(`${one.name} and the group to be told`, async () => (await one.told()).length >= told && (await this.linesOf(one)).length >= told, 60_000);
    }
    return settled;
  }

  /** What people have read of a customer's payment in the group, in order. */
  async linesOf({ name }: PayingCustomer): Promise<string[]> {
    const lines = (await this.copy.network.groupChat(this.group)).filter(({ text }) => text.toLowerCase().includes(name.toLowerCase()));
    return lines.flatMap(({ text }) => /Pago registrado|Quedó anulado en el sistema/u.exec(text)?.[0] ?? []);
  }

  /**
   * Kills the worker where it stands. What is `uncommitted` never gets into a row; what is `written` is committed before, while Temporal stands
   * still, so that nobody but the database hears of it.
   */
  async killWorker({ uncommitted, written = [] }: { uncommitted: readonly Hold[]; written?: readonly { hold: Hold; of: PayingCustomer; step: SettlementStep }[] }): Promise<void> {
    const thaw = this.copy.freeze('temporal');
    let untilBack: () => Promise<unknown>;
    try {
      for (const { hold } of written) await hold.release();
      for (const { of, step } of written) await waitFor(`${step} of ${of.name} to be written`, async () => (await of.settlement())?.steps[step] === 'done');
      untilBack = this.copy.killProcess('worker');
      await Promise.all(uncommitted.map((hold) => hold.release()));
    } finally {
      thaw();
    }
    await untilBack();
  }
}
