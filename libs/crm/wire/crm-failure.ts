import { HttpFailure, type HttpFailureCode } from '../../http/http-client.js';
import type { CrmFault } from '../../domain/customers.js';

/** A system that could not be used: adapters throw it, `vendorCrm` makes an answer of it. */
export class CrmFailure extends Error {
  override readonly name = 'CrmFailure';

  /**
   * @param detail for who looks after the system: names of hosts and fields, never a key and nobody's data
   * @param effect what a changing call may have done: `none`, it did not get there · `maybe`, nobody knows yet · `answered`, the system has
   *   finished with it, so that reading again tells
   */
  constructor(readonly fault: CrmFault, readonly detail = '', readonly effect: 'none' | 'maybe' | 'answered' = 'answered') {
    super(detail === '' ? fault : `${fault}: ${detail}`);
  }
}

const faults: Record<Exclude<HttpFailureCode, 'aborted'>, CrmFault> = {
  'bad-url': 'address', address: 'address', name: 'name', refused: 'refused', tls: 'tls', timeout: 'timeout', cut: 'unavailable',
  'too-large': 'bad-response', redirect: 'html',
};

/** What became of a call without an answer. @throws what came, when it is no failure of the call or when the caller gave up */
export function asCrmFailure(problem: unknown): CrmFailure {
  if (!(problem instanceof HttpFailure) || problem.code === 'aborted') throw problem;
  return new CrmFailure(faults[problem.code], problem.message, problem.sent ? 'maybe' : 'none');
}
