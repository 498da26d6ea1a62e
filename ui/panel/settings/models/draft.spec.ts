import { expect, test } from 'vitest';
import { changedParts, changeOf, draftOf, isWithin, typedOf } from './draft';

const range = { least: 1, most: 9, usual: 5 };
const model = {
  version: 3, today: 0, ranges: { timeoutMs: { least: 5_000, most: 90_000, usual: 60_000 }, maxTokens: range, budgetDay: range },
  settings: { baseUrl: 'https://a.example/v1', api: 'chat', structured: 'prompt', visionModel: 'mira', timeoutMs: 20_000, maxTokens: 7, budgetDay: null, enabled: false, savedAt: '' },
} as const;

test('a draft begins as it is saved, and is saved as it was read while nothing is typed', () => {
  const draft = draftOf(model);
  expect(changedParts(draft, draftOf(model))).toEqual([]);
  expect(changeOf(draft)).toEqual({ version: 3, baseUrl: 'https://a.example/v1', api: 'chat', structured: 'prompt', visionModel: 'mira', timeoutMs: 20_000, maxTokens: 7, budgetDay: null, enabled: false });
  expect(draftOf({ ...model, settings: undefined })).toMatchObject({ baseUrl: '', seconds: '60', budgetDay: '5', enabled: true });
});

test('a key that is typed goes along, an emptied one is taken away, and one that is left alone stays', () => {
  expect(typedOf({ ...draftOf(model), key: ' sk-1 ' }).key).toBe('sk-1');
  expect(typedOf({ ...draftOf(model), key: '' }).key).toBeNull();
  expect(typedOf(draftOf(model))).not.toHaveProperty('key');
  expect(changedParts({ ...draftOf(model), key: '', seconds: '9', enabled: true }, draftOf(model))).toEqual(['server', 'limits', 'enabled']);
});

test.each([['5', true], [' 9 ', true], ['0', false], ['10', false], ['', false], ['1.5', false], ['x', false]])('%j is within 1 and 9: %s', (typed, is) => expect(isWithin(typed, range)).toBe(is));
