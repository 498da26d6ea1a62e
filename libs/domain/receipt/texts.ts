import { fillMentions, mentionedIn } from '../text/mentions.js';

/**
 * What a customer is told about their receipt and what becomes of it: the company's words, with these as they come. es-AR first; a company
 * elsewhere writes its own. Told by the receipt's and the settlement's workflows, each once.
 */

/** What texts may name as `{{ variable }}`; Spanish, as the company's people see it. */
export const receiptVariables = {
  empresa: 'Nombre de la empresa',
  nombre: 'Nombre de pila del cliente',
  importe: 'Importe leído o pagado',
  factura: 'Número de la factura',
  motivo: 'Por qué, en palabras',
} as const;
export type ReceiptVariable = keyof typeof receiptVariables;

/**
 * accepted: registered in the ISP's system · reactivated: and the service is back · review: a person looks at it · rejected · repeated: it was
 * received before · another: a better picture is wanted · reversed: taken back afterwards · refunded: the platform gave the money back.
 */
export const receiptTexts = {
  accepted: '✅ ¡Listo, {{nombre}}! Registramos tu pago de {{importe}}. ¡Gracias!',
  reactivated: '✅ ¡Listo, {{nombre}}! Registramos tu pago de {{importe}} y tu servicio vuelve en unos minutos. ¡Gracias!',
  review: 'Tu comprobante quedó para que lo revise una persona del equipo. Apenas esté te avisamos por acá.',
  rejected: 'No pudimos registrar ese pago: {{motivo}}. Si creés que es un error, escribí *agente* y lo vemos con una persona.',
  repeated: 'Ese comprobante ya lo habíamos recibido, no hace falta que lo mandes de nuevo.',
  another: 'Necesitamos que nos mandes otra vez el comprobante: {{motivo}}. Tiene que verse completo y nítido, o mandá el PDF.',
  reversed: 'El pago de {{importe}} que habíamos registrado quedó sin efecto: {{motivo}}. Si tenés dudas, escribí *agente*.',
  refunded: 'Te devolvieron el pago de {{importe}}, así que la factura vuelve a quedar pendiente.',
} as const;
export type ReceiptText = keyof typeof receiptTexts;
/** The company's own words; one that is absent is ours, one that is empty is not told. */
export type ReceiptTexts = Partial<Record<ReceiptText, string>>;

/** Names in a text that are no variable of receipts: a slip that customers would read as a gap. */
export const unknownVariables = (text: string): string[] =>
  mentionedIn(text).filter((name) => !Object.hasOwn(receiptVariables, name));

/** The text with its variables filled in; one without a value leaves nothing behind, and no space before punctuation. */
export function tellingOf(kind: ReceiptText, texts: ReceiptTexts, values: Partial<Record<ReceiptVariable, string>>): string {
  const filled = fillMentions(texts[kind] ?? receiptTexts[kind], (name) => values[name as ReceiptVariable]);
  return filled.replace(/ +([,.!?:;])/gu, '$1').replace(/ {2,}/gu, ' ').trim();
}
