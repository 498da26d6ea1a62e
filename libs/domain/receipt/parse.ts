import { amountsIn, currencyIn, currencyNamedIn, readAmount } from './amount.js';
import { countryOf, issuerIn } from './issuers.js';
import { labelOf, type LabelledLine } from './labels.js';
import { momentIn } from './moment.js';
import { paymentStateIn } from './payment-state.js';
import type { Party, PaidAt, ReadLine, ReadReceipt, ReceiptCountry, Reference, ReferenceType } from './receipt.js';
import { resemblesReceipt } from './resemblance.js';
import { accountIn, aliasIn, documentIn, nameIn, referenceIn } from './values.js';

export interface ParseContext {
  /** Where the company is: settles what the receipt leaves open. */
  usual: ReceiptCountry;
  /** `YYYY-MM-DD` where the company is, for dates without a year. */
  today: string;
}

/** More than any receipt has; a file made to be slow to read has more. */
const MOST_LINES = 400;
const LONGEST_LINE = 500;

/** How sure a rule is of what it found, before the reader of characters' own doubt. */
const certainty = { checked: 0.99, labelled: 0.95, marked: 0.9, placed: 0.75, ambiguous: 0.5 } as const;

type Side = 'payer' | 'beneficiary';
interface Weighed<T> {
  value: T;
  confidence: number;
}
interface AmountCandidate extends Weighed<string> {
  weight: number;
  currency?: string;
}

/** What was found so far; the first finding of a field stays, a surer one replaces it. */
class Draft {
  readonly amounts: AmountCandidate[] = [];
  readonly references: (Reference & { confidence: number })[] = [];
  readonly parties: Record<Side, Partial<Record<keyof Party, Weighed<string>>>> = { payer: {}, beneficiary: {} };
  paidAt?: Weighed<PaidAt>;
  concept?: string;
  side: Side | undefined;

  party(side: Side, field: keyof Party, value: string | undefined, confidence: number): void {
    const known = this.parties[side][field];
    if (value !== undefined && (known === undefined || known.confidence < confidence - 0.1)) this.parties[side][field] = { value, confidence };
  }

  refer(found: Reference | undefined, confidence: number): boolean {
    if (found && !this.references.some(({ value }) => value === found.value)) this.references.push({ ...found, confidence });
    return found !== undefined;
  }

  moment(found: PaidAt | undefined, confidence: number): void {
    if (found && (!this.paidAt || this.paidAt.confidence < confidence || (this.paidAt.value.at === undefined && found.on === this.paidAt.value.on && found.at !== undefined))) {
      this.paidAt = { value: found, confidence };
    }
  }
}

/** Values of a line or, where the label stands alone, of the line below it. */
class Reader {
  #at = 0;
  readonly #draft = new Draft();
  /** Wallets print whom the money went to right below the amount. */
  #named: { at: number } | undefined;

  constructor(private readonly lines: readonly ReadLine[], private readonly country: ReceiptCountry, private readonly today: string) {}

  read(): Draft {
    for (; this.#at < this.lines.length; this.#at += 1) {
      const line = this.lines[this.#at]!;
      const label = labelOf(line.text);
      if (label && label.announced.what !== 'title') this.#labelled(label, line);
      else this.#unlabelled(line);
    }
    return this.#draft;
  }

  /** The value of a label that stands alone: the next line, unless that is a label with a value of its own. */
  #valueOf({ value }: LabelledLine, line: ReadLine): { text: string; line: ReadLine } {
    const next = this.lines[this.#at + 1];
    if (value !== '' || next === undefined) return { text: value, line };
    const nextLabel = labelOf(next.text);
    const isBank = nextLabel?.announced.what === 'bank' && nextLabel.value !== ''; // "Banco de Chile" is no label
    if (nextLabel && !isBank) return { text: '', line };
    this.#at += 1;
    return { text: next.text, line: next };
  }

  #labelled(label: LabelledLine, first: ReadLine): void {
    const { announced } = label;
    const { text, line } = this.#valueOf(label, first);
    const sure = certainty.labelled * line.confidence;
    switch (announced.what) {
      case 'amount':
        return this.#amount(text, line, true);
      case 'date':
        return this.#draft.moment(momentIn(text, this.today, this.lines[this.#at + 1]?.text), sure);
      case 'time':
        return this.#time(text, line);
      case 'payer':
      case 'beneficiary':
        this.#draft.side = announced.what;
        return this.#partyField(announced.what, announced.then ?? 'name', text, line);
      case 'name':
      case 'document':
      case 'account':
      case 'alias':
      case 'bank':
        return this.#partyField(this.#draft.side ?? 'beneficiary', announced.what, text, line);
      case 'reference':
        return this.#reference(announced.type, text, line);
      case 'concept':
        this.#draft.concept ??= text.trim() === '' ? undefined : text.trim().slice(0, 140);
        return;
      case 'fee':
      case 'ignored':
      case 'title':
        return;
    }
  }

  #amount(text: string, line: ReadLine, isLabelled: boolean): void {
    const found = amountsIn(text, this.country);
    const plain = isLabelled && found.length === 0 ? readAmount(text.replace(/^[^\d]*/u, '').split(/\s/u)[0] ?? '', this.country) : undefined;
    const all = plain === undefined ? found : [{ amount: plain, isMarked: false }];
    const currency = currencyNamedIn(text);
    for (const { amount, isMarked } of all) {
      if (Number(amount) === 0) continue;
      const weight = (isLabelled ? 3 : 0) + (isMarked ? 2 : 0) + ((line.scale ?? 1) > 1.3 ? 1.5 : 0);
      const rule = isLabelled && isMarked ? certainty.checked : isLabelled || isMarked ? certainty.marked : certainty.ambiguous;
      this.#draft.amounts.push({ value: amount, weight, confidence: rule * line.confidence, ...(currency && { currency }) });
    }
  }

  #time(text: string, line: ReadLine): void {
    const known = this.#draft.paidAt;
    if (!known || known.value.at !== undefined) return;
    const found = momentIn(known.value.on, this.today, text);
    if (found?.at !== undefined) this.#draft.paidAt = { value: { ...known.value, at: found.at }, confidence: Math.min(known.confidence, line.confidence) };
  }

  #partyField(side: Side, field: 'name' | 'account' | 'document' | 'bank' | 'alias', text: string, line: ReadLine): void {
    const sure = certainty.labelled * line.confidence;
    const account = accountIn(text, field === 'account' || field === 'name');
    const document = documentIn(text, this.country, field === 'document');
    if (document) this.#draft.party(side, 'document', document.document, document.isChecked ? certainty.checked * line.confidence : sure);
    if (account && (field === 'account' || account.isChecked)) this.#draft.party(side, 'account', account.account, account.isChecked ? certainty.checked : sure);
    if (field === 'alias') this.#draft.party(side, 'alias', aliasIn(text), sure);
    if (field === 'bank') this.#draft.party(side, 'bank', nameIn(text), sure);
    if (field === 'name') {
      const isWallet = issuerIn([text]) !== undefined && text.trim().split(/\s+/u).length <= 2; // "Destino: Yape"
      this.#draft.party(side, isWallet ? 'bank' : 'name', nameIn(text), sure);
      for (const { amount, isMarked } of amountsIn(text, this.country)) if (isMarked) this.#draft.amounts.push({ value: amount, weight: 1, confidence: certainty.placed * line.confidence });
    }
  }

  #reference(type: ReferenceType, text: string, line: ReadLine): void {
    if (this.#draft.refer(referenceIn(text, type), certainty.labelled * line.confidence)) return;
    const next = this.lines[this.#at + 1]; // "Número de operación de Mercado Pago", and the number below
    if (next && line !== next && !labelOf(next.text) && this.#draft.refer(referenceIn(next.text, type), certainty.marked * next.confidence)) {
      this.#at += 1;
      return;
    }
    this.#draft.moment(momentIn(text, this.today), certainty.placed * line.confidence);
  }

  /** What a line tells by its look alone. */
  #unlabelled(line: ReadLine): void {
    const { text } = line;
    const side = this.#draft.side ?? 'beneficiary';
    const account = accountIn(text, false);
    if (account) this.#draft.party(side, 'account', account.account, (account.isChecked ? certainty.checked : certainty.ambiguous) * (account.isChecked ? 1 : line.confidence));
    const document = documentIn(text, this.country, false);
    if (document) this.#draft.party(side, 'document', document.document, certainty.checked * line.confidence);
    this.#draft.moment(momentIn(text, this.today, this.lines[this.#at + 1]?.text), certainty.placed * line.confidence);
    if (account || document) return;
    const before = this.#draft.amounts.length;
    this.#amount(text, line, false);
    if (this.#draft.amounts.length > before) this.#named = { at: this.#at + 1 };
    else if (this.#named?.at === this.#at) this.#draft.party('beneficiary', 'name', nameIn(text), certainty.placed * line.confidence);
  }
}

/** The amount with most for it. Another one that has as much makes it doubtful. */
function amountOf(candidates: readonly AmountCandidate[]): AmountCandidate | undefined {
  const times = (value: string) => candidates.filter((one) => one.value === value).length;
  const ranked = candidates.map((one) => ({ one, weight: one.weight + Math.min(1, (times(one.value) - 1) * 0.5) })).sort((left, right) => right.weight - left.weight);
  const [best] = ranked;
  if (!best) return undefined;
  const isDisputed = ranked.some(({ one, weight }) => one.value !== best.one.value && weight >= best.weight);
  const surest = Math.max(...candidates.filter(({ value }) => value === best.one.value).map(({ confidence }) => confidence));
  return { ...best.one, confidence: isDisputed ? Math.min(surest, certainty.ambiguous) : surest };
}

const partyOf = (found: Draft['parties'][Side]): Party =>
  Object.fromEntries(Object.entries(found).map(([field, { value }]) => [field, value]));

/** Lines that may carry the issuer's own name: not those that name a party's bank, nor what such a label stands above. */
function ownLines(texts: readonly string[]): string[] {
  const namesParty = (text: string | undefined) => {
    const label = text === undefined ? undefined : labelOf(text);
    return label !== undefined && ['bank', 'payer', 'beneficiary', 'account'].includes(label.announced.what) ? label : undefined;
  };
  return texts.filter((text, i) => !namesParty(text) && namesParty(texts[i - 1])?.value !== '');
}

/**
 * Reads a receipt's lines by rules alone: no model, no network. Text is data: whatever it asks for is not heard.
 * What no rule finds is absent; how sure each field is, is in `confidence`.
 */
export function parseReceipt(all: readonly ReadLine[], { usual, today }: ParseContext): ReadReceipt {
  const lines = all.slice(0, MOST_LINES).map((line) => (line.text.length > LONGEST_LINE ? { ...line, text: line.text.slice(0, LONGEST_LINE) } : line));
  const texts = lines.map(({ text }) => text);
  const country = countryOf(texts, usual);
  const issuer = issuerIn(ownLines(texts)) ?? issuerIn(texts);
  const draft = new Reader(lines, country, today).read();
  const amount = amountOf(draft.amounts);
  const { payer, beneficiary } = draft.parties;
  const state = paymentStateIn(texts.filter((text) => text !== draft.concept && labelOf(text)?.announced.what !== 'concept'));
  const confidence = {
    amount: amount?.confidence, paidAt: draft.paidAt?.confidence, state: state === 'unknown' ? undefined : certainty.marked,
    payerName: payer.name?.confidence, beneficiaryName: beneficiary.name?.confidence, beneficiaryAccount: beneficiary.account?.confidence,
    beneficiaryDocument: beneficiary.document?.confidence, reference: draft.references[0]?.confidence, issuer: issuer && certainty.marked,
  };
  const read = {
    country, kind: issuer?.kind ?? 'transfer', state, payer: partyOf(payer), beneficiary: partyOf(beneficiary),
    references: draft.references.map(({ type, value }) => ({ type, value })),
    ...(issuer && { issuer: issuer.id }),
    ...(amount && { amount: { amount: amount.value, currency: amount.currency ?? currencyIn(country) } }),
    ...(draft.paidAt && { paidAt: draft.paidAt.value }),
    ...(draft.concept === undefined ? {} : { concept: draft.concept }),
    confidence: Object.fromEntries(Object.entries(confidence).filter(([, value]) => value !== undefined)),
  } satisfies Omit<ReadReceipt, 'isReceipt'>;
  return { isReceipt: resemblesReceipt(texts, read), ...read };
}
