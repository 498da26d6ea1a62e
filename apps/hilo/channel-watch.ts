import { forCompany } from '../../libs/db/company.js';
import { Channel } from '../../libs/db/entities/channel.js';
import type { MikroORM } from '../../libs/db/orm.js';
import type { ChannelState } from '../../libs/domain/channel.js';
import { pairingContext, readPairing, type Pairing } from '../../libs/domain/pairing.js';
import type { Vault } from '../../libs/vault/vault.js';

const POLL_MS = 1_000;

/** What the operator is shown of a number that is being linked. */
export interface LinkView {
  state: ChannelState;
  reason: string | null;
  /** When the state began. */
  at: Date;
  pairing: Pairing | undefined;
}

/** A number's state with the pairing opened; an expired pairing is no pairing. */
export async function readLink(orm: MikroORM, vault: Vault, company: string, id: string): Promise<LinkView> {
  const channel = await forCompany(orm, company, (em) =>
    em.findOneOrFail(Channel, { company, id }, { populate: ['pairing'] }),
  );
  const fresh = channel.pairing && (!channel.pairingUntil || channel.pairingUntil > new Date());
  const box = fresh ? await vault.forCompany(company) : undefined;
  const pairing = box && channel.pairing ? readPairing(box.open(channel.pairing, pairingContext(id)).toString()) : undefined;
  return { state: channel.state, reason: channel.stateReason ?? null, at: channel.stateAt, pairing };
}

/** A wait that ends early when somebody says that there is news. */
export function newsOrPoll(): { told: () => void; next: (signal: AbortSignal) => Promise<void> } {
  let wake: (() => void) | undefined;
  let pending = false;
  return {
    told: () => {
      pending = true;
      wake?.();
    },
    next: (signal) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          wake = undefined;
          pending = false;
          resolve();
        };
        const timer = setTimeout(done, POLL_MS);
        signal.addEventListener('abort', done);
        wake = done;
        if (pending || signal.aborted) done();
      }),
  };
}
