import type { ConnectionTest, CrmCapability } from '../../libs/crm/crm.js';
import type { CrmSystemId } from '../../libs/crm/registry.js';
import type { OrderResult } from '../../libs/domain/customers.js';
import type { Answer, IspSystem } from '../isp-systems.js';

/**
 * A system that a company has activated and that cannot be opened: its secrets are sealed with a key that is not here, or this version does
 * not take its settings. Nobody is called. The company's conversations go on as with any system that does not answer: the error of one
 * connection is no reason to leave customers without an answer.
 */
export class UnopenedSystem implements IspSystem {
  readonly health = { state: 'down', fault: 'unavailable' } as const;

  constructor(readonly system: CrmSystemId, readonly capabilities: ReadonlySet<CrmCapability>, private readonly now: () => number) {}

  ask(): Promise<Answer> {
    return Promise.resolve({ ok: false, reason: 'unavailable', fault: 'unavailable', asOf: new Date(this.now()).toISOString(), cached: false });
  }

  act(): Promise<OrderResult> {
    return Promise.resolve({ ok: false, reason: 'unavailable', fault: 'unavailable' });
  }

  test(): Promise<ConnectionTest> {
    return Promise.resolve({ ok: false, ms: 0, fault: 'unavailable' });
  }
}
