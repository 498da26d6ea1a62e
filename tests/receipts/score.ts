import { sameName } from '../../libs/domain/receipt/compare.js';
import type { ReadReceipt } from '../../libs/domain/receipt/receipt.js';
import { layouts } from './layouts.js';
import type { TrueReceipt } from './true-receipt.js';

export interface FieldScore {
  right: number;
  of: number;
  wrong: string[];
}

/** A document's identity numbers are masked in some layouts, and the wallet's phone is no account: only what is shown counts. */
export function scoreOf(truth: TrueReceipt, read: ReadReceipt | undefined): FieldScore {
  const hidden = new Set(layouts.find(({ id }) => id === truth.layout)!.hides);
  const [main] = truth.references;
  const fields: [string, boolean][] = [
    ['amount', read?.amount?.amount === truth.amount],
    ['on', read?.paidAt?.on === truth.on],
    ['at', read?.paidAt?.at === truth.at],
    ['issuer', read?.issuer === truth.issuer],
    ['state', read?.state === truth.state],
    ['reference', main !== undefined && (read?.references.some(({ value }) => value === main.value) ?? false)],
    ['reference type', main !== undefined && (read?.references.some(({ type }) => type === main.type) ?? false)],
  ];
  if (!hidden.has('beneficiaryName')) fields.push(['beneficiary', read?.beneficiary.name !== undefined && sameName(read.beneficiary.name, truth.beneficiary.name)]);
  if (!hidden.has('beneficiaryAccount')) fields.push(['account', read?.beneficiary.account === truth.beneficiary.account]);
  if (!hidden.has('beneficiaryDocument')) fields.push(['document', read?.beneficiary.document === truth.beneficiary.document]);
  if (!hidden.has('payerName')) fields.push(['payer', read?.payer.name !== undefined && sameName(read.payer.name, truth.payer.name)]);
  const wrong = fields.filter(([, isRight]) => !isRight).map(([name]) => name);
  return { right: fields.length - wrong.length, of: fields.length, wrong };
}
