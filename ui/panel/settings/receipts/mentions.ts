/**
 * What a company's text to customers mentions as `{{ name }}`. The server reads it as libs/domain/receipt/texts.ts does, of which a screen
 * takes no code: tests/boundaries/mentions.spec.ts holds both to the same reading.
 */
const mention = /\{\{\s*([^{}]*?)\s*\}\}/gu;

const sample: Readonly<Record<string, string>> = {
  empresa: 'Litoral Fibra', nombre: 'Marta', importe: '$ 24.900,00', factura: '0003-00018842', motivo: 'la fecha es de hace más de 5 días',
};

/** How a customer will read it; a name that is no variable stays to be seen. */
export const previewOf = (text: string): string => text.replace(mention, (whole, name: string) => (Object.hasOwn(sample, name) ? sample[name]! : whole));

/** Names in a text that are none of the variables. */
export const strangers = (text: string, variables: readonly { readonly name: string }[]): string[] =>
  [...text.matchAll(mention)].map((found) => found[1] ?? '').filter((name) => !variables.some((one) => one.name === name));
