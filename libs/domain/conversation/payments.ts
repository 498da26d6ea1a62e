import type { Variable } from '../flow/variables.js';
import type { PaymentMethod, PaymentOptions } from './state.js';

/** How to pay, in words: the link first, as it settles itself; then each method as the company shows it. */
export function paymentValues({ link, methods }: PaymentOptions): Partial<Record<Variable, string>> {
  const lines = [...(link === undefined ? [] : [`💳 *Pagá desde acá:* ${link}`]), ...methods.map(inWords)];
  return { medios_de_pago: lines.join('\n\n'), enlace: link ?? '' };
}

const emoji: Readonly<Record<PaymentMethod['kind'], string>> = { mercadopago: '💳', transfer: '🏦', other: '💵' };

function inWords({ kind, name, number, alias, holder, document, bank, text }: PaymentMethod): string {
  const facts = [
    ['Alias', alias], ['Cuenta', number], ['Titular', holder], ['Documento', document], ['Banco', bank],
  ].flatMap(([label, fact]) => (fact === undefined || fact === '' ? [] : [`${label}: ${fact}`]));
  return [`${emoji[kind]} *${name}*`, ...facts, ...(text === undefined || text === '' ? [] : [text])].join('\n');
}
