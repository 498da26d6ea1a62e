import { describe, expect, it } from 'vitest';
import { flows } from '../conversation/scripted-flows.js';
import { parseFlow } from './flow.js';
import { mentionedIn } from '../text/mentions.js';
import { fill } from './variables.js';

describe('parseFlow', () => {
  it('reads what was written', () => {
    expect(parseFlow(JSON.parse(JSON.stringify(flows.support)))).toEqual(flows.support);
  });

  it('refuses what has not the shape, naming the places and none of the content', () => {
    const broken = { ...flows.support, start: 7, texts: { ...flows.support.texts, thanks: undefined } };
    expect(() => parseFlow(broken)).toThrow(/^flow-invalid: start, texts\.thanks$/u);
  });

  it('refuses a query that leaves an outcome open', () => {
    const broken = { ...flows.sales, nodes: { shop: { type: 'query', query: 'plans', on: { found: 'shop' } } } };
    expect(() => parseFlow(broken)).toThrow('flow-invalid');
  });
});

describe('fill', () => {
  it('puts in values, with and without spaces in the braces', () => {
    expect(fill('Hola, {{nombre}} de {{ empresa }}.', { nombre: 'Ana', empresa: 'Litoral' })).toBe('Hola, Ana de Litoral.');
  });

  it('leaves nothing behind of what has no value, and puts in nothing twice', () => {
    expect(fill('{{saldo}}|{{nada}}|{{nombre}}', { nombre: '{{empresa}}', empresa: 'X' })).toBe('||{{empresa}}');
    expect(mentionedIn('{{ a }} y {{b}}')).toEqual(['a', 'b']);
  });
});
