import type { Delivery } from './delivery.js';
import type { Ledger } from './ledger.js';
import { newId, seconds, stanza } from './stanza.js';
import type { Person } from './users.js';
import type { World } from './world.js';

/** People who install WhatsApp anew: their phones have other keys then. */
export class Reinstalls {
  constructor(
    private readonly world: World,
    private readonly ledger: Ledger,
    private readonly delivery: Delivery,
  ) {}

  /** All sessions are gone; businesses that know this person are told of a new identity. */
  reinstall(person: Person): void {
    person.phone.renew();
    this.world.savePerson(person);
    for (const account of this.world.accounts.values()) {
      if (!this.ledger.hasChat(account.number, person.number)) continue;
      for (const device of account.devices.values()) {
        const attrs = { from: person.jid, type: 'encrypt', id: newId(), t: seconds() };
        this.delivery.queue(device, stanza('notification', attrs, [stanza('identity')]));
      }
    }
  }
}
