import type { InvoiceSummary } from '../customers.js';
import type { NodeOf, Place } from '../flow/flow.js';
import { nameOf } from '../flow/flow.js';
import { invoiceValues } from './findings.js';
import { formatDate, formatMoney, dateAt, type Manner } from './format.js';
import { render, turnOf, type Run } from './run.js';
import type { ConversationState, KeptAnswer, KnownInvoice } from './state.js';
import type { Choice } from './understand.js';

type DocumentNode = NodeOf<'query'> & { query: 'invoice-document' };

/** As it is paid: of one that was paid in part, what is left. */
const known = ({ id, number, dueOn, amount, rest }: InvoiceSummary): KnownInvoice => ({ id, number, dueOn, amount: rest ?? amount });

/** The invoice that was chosen. */
export const meantInvoice = ({ invoice }: ConversationState): KnownInvoice | undefined => invoice;

/** Makes an invoice the one that is meant. */
export function meanInvoice(run: Run, invoice: KnownInvoice): void {
  run.state.invoice = invoice;
  Object.assign(run.state.values, invoiceValues(invoice, run.nowMs, run.settings.company));
}

/**
 * Takes in a customer's invoices. Those to choose from are the unpaid ones, the newest first, and the newest is meant until another is
 * chosen; where none is unpaid, the newest of all.
 */
export function takeInvoices(run: Run, invoices: readonly InvoiceSummary[]): 'open' | 'clear' | 'none' {
  const standing = invoices.filter((invoice) => invoice.state !== 'cancelled').toSorted((a, b) => b.dueOn.localeCompare(a.dueOn));
  const open = standing.filter((invoice) => invoice.state === 'open');
  run.state.invoices = (open.length > 0 ? open : standing.slice(0, 1)).map(known);
  delete run.state.invoice;
  const [newest] = run.state.invoices;
  if (newest === undefined) return 'none';
  meanInvoice(run, newest);
  return open.length > 0 ? 'open' : 'clear';
}

/** Takes in the document of the invoice that is meant: it goes out with this reply. */
export function takeDocument(run: Run, place: Place, { caption }: DocumentNode, answer: KeptAnswer): 'sent' | 'no-document' | 'unavailable' {
  const invoice = run.state.invoice;
  delete run.state.invoice; // the next time, the newest is meant again
  if (!answer.ok) return answer.reason === 'unavailable' ? 'unavailable' : 'no-document';
  if (answer.kind !== 'stored-document' || answer.document.invoice.id !== invoice?.id) return 'unavailable';
  const { sha256, size, mimetype, fileName } = answer.document;
  const turn = turnOf(run.state);
  turn.files ??= [];
  if (!turn.files.some((file) => file.file.sha256 === sha256)) {
    turn.files.push({ text: render(run, caption), node: nameOf(place), file: { sha256, size, mimetype, fileName } });
  }
  return 'sent';
}

/** Invoices as a customer chooses among them; the first is the newest. */
export function invoiceChoices(invoices: readonly KnownInvoice[], nowMs: number, manner: Manner): Choice[] {
  const today = dateAt(nowMs, manner);
  return invoices.map(({ number, dueOn, amount }, index) => ({
    label: `N.º ${number} · ${formatMoney(amount, manner)} · ${dueOn < today ? 'venció' : 'vence'} el ${formatDate(dueOn, today, manner)}`,
    keywords: [number, ...(index === 0 ? ['la última', 'la más nueva', 'la más reciente', 'la actual'] : [])],
  }));
}
