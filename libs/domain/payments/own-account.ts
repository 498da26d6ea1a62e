import { isCbu, isClabe, isCuit } from '../receipt/check-digits.js';

/** An account where the company is paid by transfer, as somebody typed it. */
export interface TypedAccount {
  /** CBU, CVU, CLABE, account or phone. */
  number?: string | undefined;
  alias?: string | undefined;
  /** CUIT, RUT, RUC, RFC … */
  document?: string | undefined;
}

export interface CheckedAccount {
  number?: string;
  alias?: string;
  document?: string;
}

export type AccountField = 'number' | 'alias' | 'document';

const bare = (text: string | undefined): string => (text ?? '').replace(/[\s.-]/gu, '').toUpperCase();

/** What is known by its check digits is held against them: nobody pays into a misspelt account twice. */
function isNumber(number: string): boolean {
  if (number.length === 22) return isCbu(number);
  if (number.length === 18) return isClabe(number);
  return /^(?:\d{6,17}|\d{20})$/u.test(number); // phones, accounts; Peru's CCI has 20 and no check digit that we know
}

const isDocument = (document: string): boolean => (/^(?:20|23|24|25|26|27|30|33|34)\d{9}$/u.test(document) ? isCuit(document) : /^[A-ZÑ&\d]{5,20}$/u.test(document));

/** The account as receipts are held against it (digits, alias in lower case), or the fields that are wrong; one of number and alias has to be there. */
export function checkAccount(typed: TypedAccount): { account: CheckedAccount } | { wrong: AccountField[] } {
  const number = bare(typed.number);
  const document = bare(typed.document);
  const alias = (typed.alias ?? '').trim().toLowerCase();
  const wrong: AccountField[] = [];
  if (number === '' && alias === '') wrong.push('number', 'alias');
  if (number !== '' && !isNumber(number)) wrong.push('number');
  if (alias !== '' && !/^[\p{L}\d.@+_-]{3,60}$/u.test(alias)) wrong.push('alias');
  if (document !== '' && !isDocument(document)) wrong.push('document');
  if (wrong.length > 0) return { wrong };
  return { account: { ...(number === '' ? {} : { number }), ...(alias === '' ? {} : { alias }), ...(document === '' ? {} : { document }) } };
}
