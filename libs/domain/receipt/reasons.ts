import type { ComparisonCode } from './compare.js';

/** Reasons for which a receipt can be refused without a person, as a customer is told them: they follow "No pudimos registrar ese pago: ". */
const phrases = {
  'state-failed': 'el comprobante dice que la operación no se realizó',
  'file-repeated': 'ya habíamos recibido ese comprobante',
  'reference-repeated': 'ya habíamos registrado un comprobante con ese número de operación',
  'payment-registered': 'ese pago ya estaba registrado',
} as const satisfies Partial<Record<ComparisonCode, string>>;

type Refusing = keyof typeof phrases;
const isRefusing = (code: ComparisonCode): code is Refusing => code in phrases;

/** Why, in words for the customer: of the first reason that has them. undefined: none has, so that a person has to say why. */
export function reasonInWords(reasons: readonly ComparisonCode[]): string | undefined {
  const code = reasons.find(isRefusing);
  return code && phrases[code];
}

/** Whether it was refused because it, or its payment, is known already: nothing is wrong with it. */
export const isRepetition = (reasons: readonly ComparisonCode[]): boolean =>
  reasons.some((code) => code === 'file-repeated' || code === 'reference-repeated' || code === 'payment-registered');
