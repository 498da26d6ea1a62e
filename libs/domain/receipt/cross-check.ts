import { normalize } from '../text/normalize.js';
import { amountsIn } from './amount.js';
import { isCbu, isCedulaEc, isClabe, isCuit, isRut } from './check-digits.js';
import { fitsMask, sameName } from './compare.js';
import { parseReceipt, type ParseContext } from './parse.js';
import type { PaymentState, ReadReceipt, ReceiptField, ReceiptKind, Reference } from './receipt.js';
import { doubted, grounded, oneOf, type Grounds, type Weighed } from './two-readings.js';
import { bareReference } from './values.js';

/** What a model with vision made of a receipt. */
export interface ModelReading {
  read: ReadReceipt;
  /** What it saw, line by line. */
  text: string;
}

export interface CrossCheckContext extends ParseContext {
  /** The policy's: what is read differently ends below it. */
  minConfidence: number;
}

/** Three who speak: the rules over the text of a reader of characters, the model, and the rules over what the model wrote down. */
interface Readers {
  rules: ReadReceipt;
  model: ReadReceipt;
  again: ReadReceipt;
  text: string;
  minConfidence: number;
}

type Same<T> = (one: T, other: T) => boolean;

function weighed<T>({ rules, model, again, text, minConfidence }: Readers, field: ReceiptField, valueOf: (read: ReadReceipt) => T | undefined, same: Same<T>, isIn: (text: string, value: T) => boolean) {
  const of = (read: ReadReceipt): Weighed<T> | undefined => {
    const value = valueOf(read);
    return value === undefined ? undefined : { value, confidence: read.confidence[field] ?? 0 };
  };
  const [byRules, byModel, written] = [of(rules), of(model), valueOf(again)];
  const grounds = (value: T): Grounds => (written === undefined ? (isIn(text, value) ? 'seen' : 'absent') : same(value, written) ? 'same' : 'other');
  const bySaid = byModel && grounded(byModel, grounds(byModel.value));
  return { byRules, byModel: bySaid, one: oneOf(byRules, bySaid, same, minConfidence) };
}

const digits = (text: string): string => text.replace(/\D/gu, '');
const lettersAndDigits = (text: string): string => normalize(text).replace(/[^a-z0-9]/gu, '');
const named = (text: string, name: string): boolean => lettersAndDigits(text).includes(lettersAndDigits(name));

const isCheckedAccount = (account: string): boolean => isCbu(account) || isClabe(account);
const isCheckedDocument = (document: string): boolean => isCuit(document) || isRut(document) || isCedulaEc(document);
const sameAccount: Same<string> = (one, other) => one === other || (one.includes('*') && fitsMask(one, other)) || (other.includes('*') && fitsMask(other, one));

/** A model's number with check digits is right where the rules' is the same number misread; where both or neither have them, they stay as they are. */
function byCheckDigits({ byRules, byModel, one }: ReturnType<typeof weighed<string>>, isChecked: (value: string) => boolean): Weighed<string> | undefined {
  if (!byRules || !byModel || byRules.value === byModel.value) return one;
  const [rulesHold, modelHolds] = [isChecked(byRules.value), isChecked(byModel.value)];
  if (rulesHold === modelHolds) return one;
  const misread = byRules.value.length === byModel.value.length || (byRules.value.includes('*') && sameAccount(byRules.value, byModel.value));
  if (rulesHold) return byRules;
  return misread && byModel.confidence > 0.5 ? { value: byModel.value, confidence: Math.max(byModel.confidence, 0.9) } : one;
}

/** The model has it on the other side of the payment: its digits are right, and still it may be the payer's. */
function isCrossed<T>(value: T | undefined, theirs: T | undefined, otherSide: T | undefined, same: Same<T>): boolean {
  return value !== undefined && otherSide !== undefined && same(value, otherSide) && (theirs === undefined || !same(value, theirs));
}

/** Bad news counts before good, whoever brings it: what one reads as pending is not money. */
const gravest: readonly PaymentState[] = ['failed', 'scheduled', 'pending', 'completed'];
function stateOf({ rules, model, again, minConfidence }: Readers): Weighed<PaymentState> | undefined {
  const said = [rules, model, again].map(({ state }) => state);
  const state = gravest.find((one) => said.includes(one));
  if (state === undefined) return undefined;
  const sure = [rules, model].filter((read) => read.state === state).map((read) => read.confidence.state ?? 0);
  const isDisputed = said.some((one) => one !== 'unknown' && one !== state);
  const confidence = Math.max(0, ...sure);
  return { value: state, confidence: isDisputed ? Math.min(confidence, doubted(minConfidence)) : confidence };
}

/**
 * References of both. Of numbers that they read differently only the rules' stay, and count as not read; numbers that the model alone has join them
 * when its transcript has them behind their label.
 */
function referencesOf(readers: Readers): { references: Reference[]; confidence: number | undefined } {
  const { rules, model, again, text, minConfidence } = readers;
  const has = (list: readonly Reference[], { value }: Reference) => list.some((one) => one.value === value);
  const sure = rules.confidence.reference ?? 0;
  const said = Math.min(model.confidence.reference ?? 0, 1);
  const agreed = rules.references.filter((one) => has(model.references, one));
  const written = model.references.filter((one) => has(again.references, one));
  if (rules.references.length === 0) {
    const first = model.references[0];
    if (!first) return { references: [], confidence: undefined };
    const grounds: Grounds = has(again.references, first) ? 'same' : bareReference(text).includes(first.value) ? 'seen' : 'absent';
    return { references: model.references, confidence: grounded({ value: first, confidence: said }, grounds).confidence };
  }
  const isDisputed = agreed.length === 0 && rules.references.some(({ type }) => model.references.some((one) => one.type === type));
  if (isDisputed) return { references: rules.references, confidence: Math.min(sure, doubted(minConfidence)) };
  const references = [...agreed, ...rules.references.filter((one) => !has(agreed, one)), ...written.filter((one) => !has(rules.references, one))];
  // The first one's: the rules say nothing of how sure they are of the others.
  const isFirst = agreed[0] !== undefined && agreed[0].value === rules.references[0]!.value;
  return { references, confidence: isFirst ? oneOf({ value: 0, confidence: sure }, { value: 0, confidence: said }, () => true, minConfidence)!.confidence : sure };
}

/** What of a payment's kind the model sees better: rules know it by the issuer alone. */
const seenKinds: readonly ReceiptKind[] = ['deposit', 'card', 'cash-voucher', 'other'];
const kindOf = ({ rules, model }: Readers): ReceiptKind => (seenKinds.includes(model.kind) || rules.issuer === undefined ? model.kind : rules.kind);

function fieldsOf(readers: Readers) {
  const { rules, model } = readers;
  const amount = weighed(readers, 'amount', (read) => read.amount, (one, other) => one.amount === other.amount && one.currency === other.currency,
    (text, { amount: said }) => text.split('\n').some((line) => amountsIn(line, model.country ?? 'AR').some((one) => one.amount === said))).one;
  const paidAt = weighed(readers, 'paidAt', (read) => read.paidAt, (one, other) => one.on === other.on, () => false).one;
  const account = byCheckDigits(weighed(readers, 'beneficiaryAccount', (read) => read.beneficiary.account, sameAccount, (text, value) => digits(text).includes(digits(value))), isCheckedAccount);
  const document = byCheckDigits(weighed(readers, 'beneficiaryDocument', (read) => read.beneficiary.document, (one, other) => one === other, (text, value) => named(text, value)), isCheckedDocument);
  const name = weighed(readers, 'beneficiaryName', (read) => read.beneficiary.name, sameName, named).one;
  const payerName = weighed(readers, 'payerName', (read) => read.payer.name, sameName, named).one;
  const issuer = weighed(readers, 'issuer', (read) => read.issuer, (one, other) => one === other, () => false).one;
  const crossed = {
    beneficiaryAccount: isCrossed(rules.beneficiary.account, model.beneficiary.account, model.payer.account, sameAccount),
    beneficiaryName: isCrossed(rules.beneficiary.name, model.beneficiary.name, model.payer.name, sameName),
  };
  return { amount, paidAt, account, document, name, payerName, issuer, crossed };
}

/** Both agree that it is a receipt, or the rules see one in what the model wrote down. Otherwise a person looks at it. */
const isDoubtful = ({ rules, model, again }: Readers): boolean => !model.isReceipt || (!rules.isReceipt && !again.isReceipt);

/**
 * Pure: what the rules read and what a model read, as one reading. Where they agree it is surer; where they differ it counts as not read, so that a
 * person looks; a model alone never makes an amount or a number surer than the rules that read another one. Check digits outrank both.
 */
export function crossCheck(rules: ReadReceipt, { read: model, text }: ModelReading, { minConfidence, ...context }: CrossCheckContext): ReadReceipt {
  const again = parseReceipt(text.split('\n').map((line) => ({ text: line, confidence: 1 })), context);
  const readers: Readers = { rules, model, again, text, minConfidence };
  const { amount, paidAt, account, document, name, payerName, issuer, crossed } = fieldsOf(readers);
  const state = stateOf(readers);
  const { references, confidence: reference } = referencesOf(readers);
  const low = (confidence: number | undefined, isLow: boolean) => (confidence === undefined || !isLow ? confidence : Math.min(confidence, doubted(minConfidence)));
  const confidence: Record<ReceiptField, number | undefined> = {
    amount: low(amount?.confidence, isDoubtful(readers)), paidAt: paidAt?.confidence, state: state?.confidence, payerName: payerName?.confidence, reference,
    beneficiaryName: low(name?.confidence, crossed.beneficiaryName), beneficiaryAccount: low(account?.confidence, crossed.beneficiaryAccount),
    beneficiaryDocument: document?.confidence, issuer: issuer?.confidence,
  };
  const alias = rules.beneficiary.alias ?? (model.beneficiary.alias !== undefined && named(text, model.beneficiary.alias) ? model.beneficiary.alias : undefined);
  const concept = rules.concept ?? model.concept;
  return {
    isReceipt: rules.isReceipt || model.isReceipt, kind: kindOf(readers), state: state?.value ?? 'unknown', references,
    country: rules.isReceipt ? rules.country ?? model.country : model.country ?? rules.country,
    payer: { ...model.payer, ...rules.payer, ...(payerName && { name: payerName.value }) },
    beneficiary: {
      ...given({ bank: rules.beneficiary.bank ?? model.beneficiary.bank, alias, name: name?.value, account: account?.value, document: document?.value }),
    },
    ...given({ issuer: issuer?.value, amount: amount?.value, paidAt: paidAt?.value, concept }),
    confidence: given(confidence),
  };
}

/** Without what is not there. */
const given = <T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
