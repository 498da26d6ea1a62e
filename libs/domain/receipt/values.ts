import { isCbu, isClabe, isCuit, isRut } from './check-digits.js';
import type { ReceiptCountry, Reference, ReferenceType } from './receipt.js';

/** Digits as a reader of characters mistakes them, only where digits must stand. */
const asDigits = (text: string): string =>
  text.replace(/[Oo]/gu, '0').replace(/[Il|]/gu, '1').replace(/[Ss]/gu, '5').replace(/B/gu, '8').replace(/Z/gu, '2');

export interface FoundAccount {
  account: string;
  /** Its check digit fits: misreading is out of the question. */
  isChecked: boolean;
}

/** CBU and CVU have 22 digits, CLABE has 18; other accounts are what a label announces. Masked ones keep their `*`. */
export function accountIn(text: string, isLabelled: boolean): FoundAccount | undefined {
  const run = /[\dOoIl|SBZ][\dOoIl|SBZ -]{16,32}[\dOoIl|SBZ]/u.exec(text)?.[0].replace(/[ -]/gu, '');
  if (run !== undefined) {
    const digits = asDigits(run);
    if (isCbu(digits) || isClabe(digits)) return { account: digits, isChecked: true };
    if (digits.length === 22 || digits.length === 18) return { account: digits, isChecked: false };
  }
  if (!isLabelled) return undefined;
  // One way alone to read a run of masks: a row of asterisks without digits must not be tried in all of them.
  const masked = /[*•·xX]{2,}(?:[ -][*•·xX]{2,})*[ -]?\d{2,6}|\d{2,6}(?:[ -]?[*•·xX]{2,})+\d{0,6}/u.exec(text)?.[0];
  if (masked !== undefined) return { account: masked.replace(/[•·xX]/gu, '*').replace(/[ -]/gu, ''), isChecked: false };
  const plain = /\d[\d -]{4,24}\d/u.exec(text)?.[0].replace(/[ -]/gu, '');
  return plain === undefined || plain.length < 6 ? undefined : { account: plain, isChecked: false };
}

export interface FoundDocument {
  document: string;
  isChecked: boolean;
}

/** CUIT and RUT anywhere, as their check digits tell them; others only behind a label. Masked ones are no document. */
export function documentIn(text: string, country: ReceiptCountry, isLabelled: boolean): FoundDocument | undefined {
  for (const [found] of text.matchAll(/(?<![\d-])\d{2}[- .]?\d{8}[- .]?\d(?!\d)/gu)) {
    const digits = found.replace(/\D/gu, '');
    if (isCuit(digits)) return { document: digits, isChecked: true };
  }
  for (const [found] of text.matchAll(/(?<![\d.])\d{1,2}\.?\d{3}\.?\d{3}\s?-\s?[\dkK](?!\d)/gu)) {
    const digits = found.replace(/[^\dkK]/gu, '').toUpperCase();
    if (country === 'CL' && isRut(digits)) return { document: digits, isChecked: true };
  }
  if (!isLabelled || /[*•xX]{2}/u.test(text)) return undefined;
  const plain = /[A-ZÑ&]{0,4}[\d][\d.-]{5,14}[A-Z\d]*/u.exec(text)?.[0].replace(/[.-]/gu, '');
  return plain === undefined ? undefined : { document: plain, isChecked: false };
}

const businessForm = /\b(?:S\s?\.?\s?A\s?\.?\s?S?|S\s?\.?\s?R\s?\.?\s?L|SPA|LTDA|E\s?\.?\s?I\s?\.?\s?R\s?\.?\s?L|SA DE CV|S\.A\. DE C\.V)\b\.?/iu;

/** A person or company, as it is printed; `*` is what the issuer hides of it. */
export function nameIn(text: string): string | undefined {
  const bare = text.replace(/\b(?:CUIT|CUIL|RUT|DNI|CBU|CVU|RFC)\b.*$/iu, '').replace(/[\d|:_=~"“”]+/gu, ' ').replace(/\s+/gu, ' ').replace(/^[\s.,*-]+|[\s,-]+$/gu, '').trim();
  const letters = bare.replace(/[^\p{L}]/gu, '');
  if (letters.length < 3 || bare.length > 60) return undefined;
  if (businessForm.test(bare)) return bare;
  return /^[\p{L}][\p{L}.'’*& -]+$/u.test(bare) ? bare : undefined;
}

/** "litoral.fibra" → the alias of a CBU or CVU: 6 to 20 letters, digits, dots and dashes. */
export const aliasIn = (text: string): string | undefined => {
  const found = /(?<![\w.@-])[A-Za-z0-9][A-Za-z0-9.-]{4,18}[A-Za-z0-9](?![\w@])/u.exec(text)?.[0];
  return found === undefined || /^\d+$/u.test(found) ? undefined : found.toLowerCase();
};

/** As references are compared: upper case, letters and digits. */
export const bareReference = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/gu, '');

/** The same for two references that a reader of characters may have confused; only ever a reason to look, never a match. */
export const foldedReference = (text: string): string =>
  bareReference(text).replace(/[OQD]/gu, '0').replace(/[IL]/gu, '1').replace(/Z/gu, '7').replace(/2/gu, '7').replace(/B/gu, '8').replace(/S/gu, '5').replace(/G/gu, '6');

const shapes: Readonly<Record<ReferenceType, RegExp>> = {
  operation: /^[A-Z0-9]{4,30}$/u,
  coelsa: /^(?=.*[A-Z])(?=.*\d)[A-Z0-9]{14,32}$/u,
  rastreo: /^[A-Z0-9]{6,30}$/u,
  'numeric-ref': /^\d{1,10}$/u,
  auth: /^[A-Z0-9]{4,20}$/u,
  other: /^[A-Z0-9]{4,30}$/u,
};

/** What stands behind the label of a reference. Words without a digit are none: "Referencia: internet" is a concept. */
export function referenceIn(text: string, type: ReferenceType): Reference | undefined {
  const whole = bareReference(text);
  // Whoever calls it "Id Op." may mean the clearing house's: nothing else is as long and mixed.
  if (type === 'operation' && shapes.coelsa.test(whole) && whole.length >= 20) return { type: 'coelsa', value: whole };
  const first = type === 'coelsa' || type === 'rastreo' ? whole : /^[#\s]*([A-Za-z]{0,4}[- ]?[\d][\dA-Za-z -]*|[A-Za-z0-9-]{4,})/u.exec(text)?.[1] ?? '';
  const value = bareReference(first);
  if (!/\d/u.test(value)) return undefined;
  if (type === 'coelsa' && !shapes.coelsa.test(value)) return shapes.operation.test(value) ? { type: 'operation', value } : undefined;
  return shapes[type].test(value) ? { type, value } : undefined;
}
