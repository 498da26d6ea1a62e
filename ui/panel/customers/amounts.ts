/**
 * An amount as people type it in the company's way, with a comma before the cents and points between thousands, or plainly: "27.900,50",
 * "27900.5" → a decimal string; undefined for what is none. Never a float.
 */
export function amountOf(typed: string): string | undefined {
  const bare = typed.replace(/[\s$]/gu, '');
  const plain = bare.includes(',') ? bare.replace(/\./gu, '').replace(',', '.') : /^\d{1,3}(\.\d{3})+$/u.test(bare) ? bare.replace(/\./gu, '') : bare;
  return /^\d{1,10}(\.\d{1,2})?$/u.test(plain) ? plain : undefined;
}

/** "27900.50" → "27900,50", to be typed on. */
export const typedAmount = (amount: string): string => amount.replace('.', ',');
