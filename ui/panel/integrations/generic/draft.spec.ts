import { describe, expect, it } from 'vitest';
import { emptyDraft, extrasText, fieldAt, importedDraft, pairsIn, pairsText, pathsIn, samplesFor, withExtras, withField, withOperation, withWords } from './draft';

describe('a description in the making', () => {
  it('gets and loses operations and fields', () => {
    const one = withOperation(emptyDraft, 'test', { method: 'GET', path: '/ok' });
    expect(withOperation(one, 'test', undefined)).toEqual(emptyDraft);
    const mapped = withField(one, 'customer', 'id', fieldAt('$.id', undefined));
    expect(mapped.map).toEqual({ customer: { id: { from: ['$.id'] } } });
    expect(withField(mapped, 'customer', 'id', fieldAt(' ', undefined)).map).toEqual({});
  });

  it('is written in boxes of text', () => {
    expect(pathsIn(' $.a, $["b, c"] ,, $.d')).toEqual(['$.a', '$["b, c"]', '$.d']);
    expect(pairsIn('a={{id}}\n\n b = x=y \nc')).toEqual({ a: '{{id}}', b: 'x=y', c: '' });
    expect(pairsIn(pairsText({ a: '1', b: '' }))).toEqual({ a: '1', b: '' });
    expect(withWords(withWords({ from: ['$.s'] }, 'open', 'Impaga, 1'), 'paid', '')).toEqual({ from: ['$.s'], values: { open: ['Impaga', '1'] } });
    expect(samplesFor(['phone.e164', 'phone.last8', 'id', 'task'])).toEqual(['phone', 'id']);
  });

  it('keeps what the form does not show as JSON', () => {
    const operation = { method: 'GET', path: '/x', notFound: { status: [404] } } as const;
    expect(withExtras(operation, extrasText(operation))).toEqual(operation);
    expect(withExtras(operation, '')).toEqual({ method: 'GET', path: '/x' });
    expect([withExtras(operation, '{'), withExtras(operation, '[]'), withExtras(operation, '{"path":"/y"}')]).toEqual([undefined, undefined, undefined]);
  });

  it('comes from a file only if it can be shown', () => {
    expect(importedDraft(JSON.stringify(emptyDraft))).toEqual(emptyDraft);
    for (const wrong of ['', '[]', '{"version":1}', JSON.stringify({ ...emptyDraft, version: 2 }), JSON.stringify({ ...emptyDraft, map: { customer: { id: '$.id' } } })]) expect(importedDraft(wrong)).toBeUndefined();
  });
});
