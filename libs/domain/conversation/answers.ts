import type { AskedKind } from '../flow/flow.js';
import { bare } from './identity.js';

/**
 * A document in a sentence: 6 to 13 letters and digits with at least five digits, dots, dashes and spaces between them allowed
 * ("mi DNI es 30.123.456", "20-30123456-7"): DNI, CUIT, RUT, RUC, CURP-like ones included.
 */
const documentInText = /(?<![\p{L}\p{N}])[\p{L}]{0,4}\d(?:[\p{N}]|[.\-\s/](?=\d)){3,16}[\p{L}\p{N}]{0,3}(?:-[\dkK])?(?![\p{L}\p{N}])/u;

/** The answer to an `ask` in the form in which it is kept; undefined when the text does not have its shape. */
export function shapeAnswer(kind: AskedKind, text: string): string | undefined {
  const trimmed = text.trim();
  switch (kind) {
    case 'document':
      return documentIn(trimmed);
    case 'fact':
      return factIn(trimmed);
    case 'name':
      return /^[\p{L}][\p{L}\p{M}'’. -]{1,79}$/u.test(trimmed) ? trimmed : undefined;
    case 'text':
      return trimmed === '' ? undefined : trimmed.slice(0, 500);
  }
}

function documentIn(text: string): string | undefined {
  const found = documentInText.exec(text)?.[0];
  if (found === undefined) return undefined;
  const document = bare(found);
  const digits = document.replace(/\D/gu, '').length;
  return digits >= 5 && document.length >= 6 && document.length <= 13 ? document : undefined;
}

/** The number in "termina en 4821" or "servicio 100234": the one run of at least two digits. */
function factIn(text: string): string | undefined {
  const numbers = text.replace(/(?<=\d)[.\s-](?=\d)/gu, '').match(/\d{2,}/gu) ?? [];
  return numbers.length === 1 ? numbers[0] : undefined;
}
