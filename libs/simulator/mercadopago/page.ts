import type { SimulatedAnswer, SimulatedRequest } from '../exchange.js';
import type { MercadoPagoSimulator } from './simulator.js';
import type { Outcome, Preference } from './world.js';

const escaped = (text: string) => text.replace(/[&<>"']/gu, (sign) => `&#${sign.codePointAt(0)};`);

const amountOf = ({ unit_price: price, currency_id: currency }: Preference) => new Intl.NumberFormat('es-AR', { style: 'currency', currency }).format(price);

const page = (status: number, heading: string, content: string): SimulatedAnswer => ({
  status, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  body: `<!DOCTYPE html><html lang="es-AR"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>MercadoPago simulado</title><style>
body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:10vh auto;padding:0 1rem;color:#1a2b3c;background:#f5f5f5}main{background:#fff;border-radius:12px;padding:1.5rem}
h1{font-size:1.25rem;margin:0 0 .5rem}strong{font-size:1.75rem;display:block;margin:.5rem 0 1rem}button{font:inherit;width:100%;padding:.7rem;margin:.3rem 0;border-radius:8px;border:1px solid #0a6ebd;background:#fff;color:#0a5a9c}
button.pay{background:#0a5a9c;color:#fff}small{color:#52606d}</style></head><body><main><h1>${escaped(heading)}</h1>${content}<small>MercadoPago simulado: acá no se paga nada.</small></main></body></html>`,
});

const choices: readonly (readonly [Outcome, string])[] = [['approved', 'Pagar'], ['pending', 'Pagar en efectivo (queda pendiente)'], ['rejected', 'Probar con una tarjeta sin fondos']];
const said: Readonly<Record<Outcome, string>> = { approved: 'Listo, se acreditó tu pago', pending: 'Tu pago está pendiente', rejected: 'Tu pago no se aprobó' };

const formOf = (preference: Preference) => choices.map(([outcome, label]) =>
  `<form method="post"><input type="hidden" name="outcome" value="${outcome}"><button class="${outcome === 'approved' ? 'pay' : ''}">${label}</button></form>`).join('') + `<p>${escaped(preference.title)}</p>`;

/** The page at a link: a person of the demo pays there with a click. @returns undefined when it is another address */
export function checkoutPage(request: SimulatedRequest, simulator: MercadoPagoSimulator): SimulatedAnswer | undefined {
  const id = /^\/checkout\/([\d-]+)$/u.exec(request.path)?.[1];
  if (id === undefined) return undefined;
  const { world } = simulator;
  const preference = world.preferences.find((one) => one.id === id);
  if (!preference) return page(404, 'Este link no existe', '<p>Puede que el simulador se haya reiniciado. Pedí el link otra vez.</p>');
  if (world.isOver(preference)) return page(410, 'Este link venció', '<p>Pedí otro.</p>');
  if (request.method !== 'POST') return page(200, 'Vas a pagar', `<strong>${escaped(amountOf(preference))}</strong>${formOf(preference)}`);
  const outcome = new URLSearchParams(request.body.toString('utf8')).get('outcome');
  const chosen = choices.find(([one]) => one === outcome)?.[0];
  if (!chosen) return page(422, 'No se entendió qué hacer', formOf(preference));
  const payment = simulator.pay(preference, chosen);
  return page(200, said[chosen], `<strong>${escaped(amountOf(preference))}</strong><p>Operación ${payment.id}</p>`);
}
