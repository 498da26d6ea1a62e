import { forCompany } from '../../libs/db/company.js';
import { cents } from '../../libs/domain/money.js';
import { isAnotherCompanys, moneyStateOf, type PlatformPayment } from '../../libs/domain/payments/platform-payment.js';
import { noteFault, platformAccess, type PlatformDeps } from './accounts.js';
import { keepIncoming } from './incoming.js';

/** A payment that a receipt says was made. */
export interface IncomingWanted {
  /** `YYYY-MM-DD`, as the receipt says. */
  on: string;
  /** Decimal string. */
  amount: string;
  /** Its numbers as `tellingReferences` gives them. */
  references: readonly string[];
}

/**
 * no-source: the company has no platform · unavailable: it did not answer, or not all of it · searched: what it knows is in `incoming_payments`
 * now, with its references (source `mercadopago`); there may be nothing.
 */
export type IncomingSearch = 'no-source' | 'unavailable' | 'searched';

const DAY_MS = 24 * 60 * 60_000;
/** A transfer arrives at once or on the next days; clocks and zones differ by one. */
const DAYS_BEFORE = 1;
const DAYS_AFTER = 4;
/** The platform's numbers of payments, among a receipt's. */
const isPaymentNumber = (reference: string) => /^\d{8,20}$/u.test(reference);
const MOST_ASKED = 3;

/**
 * Asks the company's payment platform for what came in around a day, and keeps what may be the payment (the amount, or one of its numbers, also with another
 * amount): the receipt's weighing finds it among `incoming_payments`. Others' payments are not kept.
 */
export async function searchIncoming(deps: PlatformDeps, company: string, { on, amount, references }: IncomingWanted, signal: AbortSignal): Promise<IncomingSearch> {
  const access = await platformAccess(deps, company);
  if (!access) return 'no-source';
  const day = Date.parse(`${on}T00:00:00Z`);
  const between = { from: new Date(day - DAYS_BEFORE * DAY_MS).toISOString(), until: new Date(day + (DAYS_AFTER + 1) * DAY_MS).toISOString() };
  const answer = await access.platform.search({ between }, signal);
  await noteFault(deps.orm, company, answer);
  if (!answer.ok) return 'unavailable';
  const found = [...answer.value.payments];
  for (const reference of references.filter(isPaymentNumber).filter((one) => !found.some(({ id }) => id === one)).slice(0, MOST_ASKED)) {
    const one = await access.platform.payment(reference, signal);
    if (one.ok) found.push(one.value);
    else if (one.reason !== 'not-found') return 'unavailable';
  }
  const isWanted = (payment: PlatformPayment) => payment.collector === access.collector && !isAnotherCompanys(payment, company) && moneyStateOf(payment) !== 'failed'
    && (cents(payment.amount.amount) === cents(amount) || payment.references.some((one) => references.includes(one)));
  const wanted = found.filter(isWanted);
  if (wanted.length > 0) {
    await forCompany(deps.orm, company, async (em) => {
      for (const payment of wanted.toSorted((one, other) => one.id.localeCompare(other.id))) await keepIncoming(em, company, payment);
    });
  }
  return answer.value.isWhole || wanted.length > 0 ? 'searched' : 'unavailable';
}
