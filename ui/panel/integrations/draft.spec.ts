import { describe, expect, test } from 'vitest';
import type { Integration } from '../../shared/api/integrations-api';
import { changedIn, changeOf, draftOf } from './draft';

const fields: Integration['fields'] = [
  { name: 'url', label: 'url', kind: 'url', required: true }, { name: 'user', label: 'user', kind: 'text', required: false },
  { name: 'login', label: 'login', kind: 'choice', choices: ['token', 'legacy'], default: 'token', required: false },
  { name: 'token', label: 'token', kind: 'secret', required: true }, { name: 'description', label: 'description', kind: 'structure', required: true },
];
const connection: NonNullable<Integration['connection']> = {
  settings: { url: 'https://isp.example', description: { name: 'X' } }, secrets: { token: '1234' }, tls: { mode: 'pinned', pem: '-----BEGIN CERTIFICATE-----x' },
  limitMs: 12_000, perSecond: 5, atOnce: 2, budgetDay: 300, budgetMonth: null, monthStartsOn: 28, savedAt: '2026-11-27T12:00:00Z',
};

describe('the form of a connection', () => {
  test('begins with what is saved, or with what a system usually has', () => {
    expect(draftOf({ fields })).toMatchObject({ values: { url: '', login: 'token' }, secrets: { token: null }, tls: 'system', seconds: '10', perSecond: '2', budgetDay: '' });
    expect(draftOf({ fields, connection })).toMatchObject({ values: { url: 'https://isp.example' }, tls: 'pinned', seconds: '12', budgetDay: '300', budgetMonth: '', monthStartsOn: '28' });
  });

  test('sends what is typed, a secret only when it is typed, and what is described elsewhere as it is', () => {
    const draft = draftOf({ fields, connection });
    expect(changeOf({ fields, connection }, draft)).toEqual({
      settings: { url: 'https://isp.example', login: 'token', description: { name: 'X' } }, tls: { mode: 'pinned', pem: '-----BEGIN CERTIFICATE-----x' },
      limitMs: 12_000, perSecond: 5, atOnce: 2, budgetDay: 300, budgetMonth: null, monthStartsOn: 28,
    });
    const typed = { ...draft, values: { ...draft.values, user: ' hilo ' }, secrets: { token: 'nueva' }, tls: 'system' as const, budgetDay: '' };
    expect(changeOf({ fields, connection }, typed)).toMatchObject({ settings: { user: 'hilo', token: 'nueva' }, tls: { mode: 'system' }, budgetDay: null });
  });

  test('knows what differs, and that a secret which is not replaced does not', () => {
    const saved = draftOf({ fields, connection });
    expect(changedIn(saved, saved)).toEqual([]);
    expect(changedIn({ ...saved, values: { ...saved.values, url: 'https://otra.example' }, secrets: { token: '' }, seconds: '20' }, saved)).toEqual(['url', 'token', 'seconds']);
  });
});
