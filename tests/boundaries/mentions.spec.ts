import fc from 'fast-check';
import { expect, it } from 'vitest';
import { receiptVariables, unknownVariables } from '../../libs/domain/receipt/texts.js';
import { fillMentions } from '../../libs/domain/text/mentions.js';
import { previewOf, strangers } from '../../ui/panel/settings/receipts/mentions.js';

/** Screens take no code of the domain, so the page of receipts reads a text's mentions itself; here both are held to the same reading. */
const names = Object.keys(receiptVariables);
const variables = names.map((name) => ({ name }));
const sampleOf = (name: string): string => previewOf(`{{${name}}}`);
/** Texts of what a reader of mentions may stumble over. */
const texts = fc.array(fc.constantFrom('{', '}', '{{', '}}', ' ', '\n', 'Hola', '$&', ...names, 'impote', 'constructor', '{{nombre}}', '{{ importe }}', '{{}}', '{{dos palabras}}'), { maxLength: 12 }).map((parts) => parts.join(''));

it('the page finds the same names wrong as the server that refuses them', () => {
  fc.assert(fc.property(texts, (text) => {
    expect(strangers(text, variables)).toEqual(unknownVariables(text));
  }));
});

it('the page fills in what customers have filled in, and has a sample of every variable', () => {
  expect(names.filter((name) => sampleOf(name).includes('{{'))).toEqual([]);
  fc.assert(fc.property(texts.filter((text) => unknownVariables(text).length === 0), (text) => {
    expect(previewOf(text)).toBe(fillMentions(text, sampleOf));
  }));
});
