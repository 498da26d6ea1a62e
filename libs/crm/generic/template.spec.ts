import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CannotFill, fillJson, fillPath, fillText, hasBrokenPlace, placesIn } from './template.js';

describe('a template', () => {
  it('names the values that it wants', () => {
    expect(placesIn('/a/{{id}}/b?{{ phone.last8 }}{{id}}')).toEqual(['id', 'phone.last8']);
    expect(['{{id', 'id}}', '{{ }}', '{{a b}}', '{{{{id}}}}'].every(hasBrokenPlace)).toBe(true);
    expect(['{id}', '{{id}}', 'nothing'].some(hasBrokenPlace)).toBe(false);
  });

  it.each([['..', '/a/{{id}}'], ['.', '/a/{{id}}'], ['', '/a/{{id}}/b'], ['\ud800', '/a/{{id}}'], ['.', '/a/.{{id}}/b']])('does not put %j into the path %s', (id, template) => {
    expect(() => fillPath(template, { id })).toThrow(CannotFill);
  });

  it('does not run anything, and does not know what nobody gave it', () => {
    expect(() => fillText('{{constructor}}', {})).toThrow(CannotFill);
    expect(fillText('{{a}}', { a: '{{b}}', b: 'no' })).toBe('{{b}}');
    expect(fillText('{{a}}', { a: '$&' })).toBe('$&');
  });

  it('makes numbers and booleans where it is told to', () => {
    expect(fillJson({ a: '{{n.json}}', b: ['{{yes.json}}', 1, null], c: '{{n}}' }, { n: '27900.10', yes: 'true' })).toEqual({ a: 27900.1, b: [true, 1, null], c: '27900.10' });
    expect(() => fillJson('{{n.json}}', { n: '1e9' })).toThrow(CannotFill);
  });

  it('keeps a value of any text to its own segment of the path', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (id) => {
      let path: string;
      try {
        path = fillPath('/api/clients/{{id}}/invoices', { id });
      } catch (problem) {
        expect(problem).toBeInstanceOf(CannotFill);
        return;
      }
      const url = new URL(`https://isp.example${path}`);
      expect(url.host).toBe('isp.example');
      expect(url.search + url.hash).toBe('');
      expect(url.pathname.split('/')).toHaveLength(5);
      expect(decodeURIComponent(url.pathname.split('/')[3]!)).toBe(id);
    }));
  });

  it('keeps a value of any text inside its JSON text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(!/\p{Surrogate}/u.test(text));
      const sent = JSON.stringify(fillJson({ note: 'dice {{text}}', fixed: 'x' }, { text }));
      expect(JSON.parse(sent)).toEqual({ note: `dice ${text}`, fixed: 'x' });
    }));
  });
});
