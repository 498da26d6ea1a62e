import { isCbu, isClabe, isCuit, isRut } from '../receipt/check-digits.js';
import type { ReceiptCountry } from '../receipt/receipt.js';
import { bareReference, documentIn, nameIn } from '../receipt/values.js';

/** Numbers that stand in a bank's text and are no operation's: a line that seems to have a number of its own is not held to be another's payment. */
function isOther(digits: string, country: ReceiptCountry): boolean {
  if (isCuit(digits) || isCbu(digits) || isClabe(digits) || /^(\d)\1*$/u.test(digits)) return true;
  if (/^20\d{2}(0[1-9]|1[0-2])\d{2}$/u.test(digits) || /^(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])20\d{2}$/u.test(digits)) return true; // a day
  // Nequi and Yape name payers by their mobile's number.
  if ((country === 'CO' && /^3\d{9}$/u.test(digits)) || (country === 'PE' && /^9\d{8}$/u.test(digits))) return true;
  return country === 'CL' && isRut(digits);
}

/** As it is, and without the zeros that banks fill it up with. */
const forms = (reference: string): string[] => {
  const bare = reference.replace(/^0+/u, '');
  return bare !== reference && bare.length >= 5 ? [reference, bare] : [reference];
};

const fits = (bare: string, least: number): boolean => bare.length >= least && bare.length <= 34 && /\d/u.test(bare);
const labelled = /\b(?:ref(?:erencia)?|op(?:eraci[oó]n)?|nro|n[uú]m(?:ero)?|n[°º]|comp(?:robante)?|folio|rastreo|autorizaci[oó]n|aut|transacci[oó]n|trx|coelsa|id)\b\.?(?:\s*(?:de|n[°º]|nro|no|id)\b\.?)*\s*[:#]?\s*([A-Z0-9][A-Z0-9-]{3,34})/giu;
const documents = /\b(?:cuit|cuil|rut|dni|ruc|rfc|nit|cc|ci|c[eé]dula|documento|doc)\b[\s.:]*[A-Z0-9.-]+/giu;
/** Longer than a branch's or a till's number. */
const LEAST_LABELLED = 4;
const LEAST_DIGITS = 8;
const LEAST_MIXED = 14;
/** Of words behind which a name may stand, the last ones: each is tried. */
const MOST_TRIED = 8;

/**
 * The numbers of an operation that a line tells: what is in the column for it, what a label announces in the text, and what is too long to be anything
 * else. Documents, accounts, phone numbers and days are none.
 */
export function referencesIn({ column, text }: { column: string; text: string }, country: ReceiptCountry): string[] {
  const found: string[] = [];
  const add = (token: string, least: number) => {
    const bare = bareReference(token);
    if (fits(bare, least) && !(/^[\dK]+$/u.test(bare) && isOther(bare, country))) found.push(...forms(bare));
  };
  for (const token of column.split(/[\s/;,|]+/u)) add(token, LEAST_LABELLED);
  const told = text.replace(documents, ' ').replace(/\b\d{2}-\d{8}-\d\b|\b\d{1,2}\.?\d{3}\.?\d{3}-[\dkK]\b/gu, ' ');
  for (const [, token] of told.matchAll(labelled)) add(token!, LEAST_LABELLED);
  for (const [token] of told.matchAll(/(?<![\p{L}\p{N}.,/-])[A-Z0-9]{8,34}(?![\p{L}\p{N}]|[.,/-]\d)/gu)) {
    if (/^\d+$/u.test(token)) add(token, LEAST_DIGITS);
    else if (/[A-Z].*\d|\d.*[A-Z]/u.test(token)) add(token, LEAST_MIXED);
  }
  return [...new Set(found)];
}

export interface Payer {
  payerName?: string;
  payerDocument?: string;
}

/** Words that stand before who paid, and words behind which nothing of the name follows. */
const before = /\b(?:de|ordenante|remitente|origen|titular|recib\p{L}*|dep[oó]sito por|abono de|yape|plin|nequi)\b[\s:./-]*/giu;
const behind = /\s*(?:\b(?:ref(?:erencia)?|op(?:eraci[oó]n)?|concepto|mot(?:ivo)?|cbu|cvu|clabe|cta|cuenta|banco|bco|var(?:ios)?|fac(?:tura)?|pago|internet|cel(?:ular)?)\b.*|[/|;].*)$/iu;
const banking = /\b(?:transf\p{L}*|trf|tef|spei|dep[oó]sito|pago|abono|cr[eé]dito|inmediata|online|terceros?|otr[oa]s? bancos?|banco|cuenta|cta|interbancari\p{L}*|misma entidad|propi\p{L}*|haberes|debin|efectivo|cheque|cajero|intereses?)\b/iu;

/** Two words at least, and none of those in which banks speak of themselves. */
const person = (text: string): string | undefined => {
  const name = nameIn(text.replace(behind, ''));
  return name !== undefined && /\p{L}\s+\p{L}/u.test(name) && !banking.test(name) ? name : undefined;
};

/**
 * Who paid: as columns say, or as the text does: "TRANSF DE 20-12345678-6 PEREZ JUAN", "TRANSFERENCIA RECIBIDA DE JUAN PEREZ". What is not surely
 * a person is nobody: a receipt is confirmed by amount, day and this name where it has no number.
 */
export function payerIn({ name, document, text }: { name: string; document: string; text: string }, country: ReceiptCountry): Payer {
  const payerDocument = (document === '' ? undefined : documentIn(document, country, true)?.document) ?? documentIn(text, country, false)?.document;
  const payerName = (name === '' ? undefined : nameIn(name)) ?? nameInText(text, payerDocument);
  return { ...(payerName === undefined ? {} : { payerName }), ...(payerDocument === undefined ? {} : { payerDocument }) };
}

function nameInText(text: string, document: string | undefined): string | undefined {
  const digits = document === undefined ? undefined : new RegExp([...document].join('[-. ]?'), 'iu');
  const after = digits?.exec(text);
  const afterDocument = after ? person(text.slice(after.index + after[0].length)) : undefined;
  if (afterDocument !== undefined) return afterDocument;
  const without = digits ? text.replace(digits, ' ') : text;
  for (const found of [...without.matchAll(before)].slice(-MOST_TRIED).reverse()) {
    const name = person(without.slice(found.index + found[0].length));
    if (name !== undefined) return name;
  }
  return undefined;
}
