import { normalize } from '../text/normalize.js';
import type { ReceiptCountry, ReceiptKind } from './receipt.js';

/** Who issues receipts, by what their receipts say of themselves (research/external-apis.md, 11.1). */
export interface Issuer {
  id: string;
  name: string;
  country: ReceiptCountry | undefined;
  kind: ReceiptKind;
  /** Normalised words any one of which names it. */
  says: readonly string[];
  /** What its operation numbers look like, where that is known. A receipt with another shape is looked at by a person. */
  operation?: RegExp;
}

const issuer = (id: string, name: string, country: ReceiptCountry | undefined, kind: ReceiptKind, says: string, operation?: RegExp): Issuer =>
  ({ id, name, country, kind, says: says.split('|'), ...(operation && { operation }) });

/** Particular ones first: the first that a text names is its issuer. */
export const issuers: readonly Issuer[] = [
  issuer('yape', 'Yape', 'PE', 'wallet', 'yapeaste|yape', /^\d{7,12}$/u),
  issuer('plin', 'Plin', 'PE', 'wallet', 'plin|plineaste'),
  issuer('nequi', 'Nequi', 'CO', 'wallet', 'nequi', /^M?\d{6,10}$/u),
  issuer('daviplata', 'Daviplata', 'CO', 'wallet', 'daviplata'),
  issuer('bancolombia', 'Bancolombia', 'CO', 'transfer', 'bancolombia'),
  issuer('deuna', 'Deuna', 'EC', 'wallet', 'deuna|de una'),
  issuer('pichincha', 'Banco Pichincha', 'EC', 'transfer', 'pichincha'),
  issuer('guayaquil', 'Banco Guayaquil', 'EC', 'transfer', 'banco guayaquil'),
  issuer('produbanco', 'Produbanco', 'EC', 'transfer', 'produbanco'),
  issuer('pacifico', 'Banco del Pacífico', 'EC', 'transfer', 'banco del pacifico'),
  issuer('bolivariano', 'Banco Bolivariano', 'EC', 'transfer', 'bolivariano'),
  issuer('jep', 'Cooperativa JEP', 'EC', 'transfer', 'jep'),
  issuer('mercadopago', 'Mercado Pago', undefined, 'wallet', 'mercado pago|mercadopago', /^\d{8,14}$/u),
  issuer('uala', 'Ualá', 'AR', 'wallet', 'uala'),
  issuer('brubank', 'Brubank', 'AR', 'transfer', 'brubank'),
  issuer('lemon', 'Lemon', 'AR', 'wallet', 'lemon cash|lemon'),
  issuer('naranjax', 'Naranja X', 'AR', 'wallet', 'naranja x|naranjax'),
  issuer('bna', 'Banco Nación (BNA+)', 'AR', 'transfer', 'bna|banco de la nacion argentina|banco nacion'),
  issuer('galicia', 'Banco Galicia', 'AR', 'transfer', 'galicia'),
  issuer('banorte', 'Banorte', 'MX', 'transfer', 'banorte'),
  issuer('inbursa', 'Inbursa', 'MX', 'transfer', 'inbursa'),
  issuer('nu', 'Nu', 'MX', 'transfer', 'nu mexico|nubank|nu bn'),
  issuer('bcp', 'BCP', 'PE', 'transfer', 'bcp|banco de credito'),
  issuer('interbank', 'Interbank', 'PE', 'transfer', 'interbank'),
  issuer('scotiabank', 'Scotiabank', undefined, 'transfer', 'scotiabank'),
  issuer('bancoestado', 'BancoEstado', 'CL', 'transfer', 'bancoestado|banco estado|cuentarut'),
  issuer('bancochile', 'Banco de Chile', 'CL', 'transfer', 'banco de chile'),
  issuer('mach', 'MACH', 'CL', 'wallet', 'mach'),
  issuer('tenpo', 'Tenpo', 'CL', 'wallet', 'tenpo'),
  issuer('bbva', 'BBVA', undefined, 'transfer', 'bbva'),
  issuer('santander', 'Santander', undefined, 'transfer', 'santander'),
];

export const issuerOf = (id: string): Issuer | undefined => issuers.find((one) => one.id === id);

/**
 * The issuer that a text names. What stands in the first lines (the brand) counts before what stands further down, where the other party's bank is
 * named, too.
 */
export function issuerIn(lines: readonly string[]): Issuer | undefined {
  const texts = lines.map((line) => ` ${normalize(line)} `);
  const firstLine = ({ says }: Issuer) => {
    const at = texts.findIndex((text) => says.some((words) => text.includes(` ${words} `)));
    return at < 0 ? Infinity : at;
  };
  const ranked = issuers.map((one) => ({ one, at: firstLine(one) })).filter(({ at }) => at < Infinity);
  ranked.sort((left, right) => left.at - right.at);
  return ranked[0]?.one;
}

/** What only one country's receipts say. */
const countryMarks: readonly (readonly [ReceiptCountry, RegExp])[] = [
  ['AR', /\b(?:cbu|cvu|cuit|cuil|coelsa)\b/u],
  ['MX', /\b(?:clabe|spei|clave de rastreo|rfc|mxn)\b/u],
  ['PE', /\b(?:yape|yapeaste|plin|bcp|interbank|nro de celular)\b/u],
  ['CO', /\b(?:nequi|bancolombia|daviplata|bre b|nit)\b/u],
  ['EC', /\b(?:pichincha|deuna|produbanco|guayaquil|pacifico|bolivariano|secuencial|jep)\b/u],
  ['CL', /\b(?:rut|cuenta vista|cuentarut|bancoestado|tenpo|mach)\b/u],
];

/** The country of a receipt: what its text says, else where the company is. */
export function countryOf(lines: readonly string[], usual: ReceiptCountry): ReceiptCountry {
  const text = lines.map(normalize).join(' \n ');
  const votes = countryMarks.map(([country, marks]) => ({ country, votes: (text.match(new RegExp(marks, 'gu')) ?? []).length + (country === usual ? 0.5 : 0) }));
  const best = votes.reduce((before, one) => (one.votes > before.votes ? one : before));
  return best.votes >= 1 ? best.country : usual;
}
