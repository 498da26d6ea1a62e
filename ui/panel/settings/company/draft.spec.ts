import { expect, test } from 'vitest';
import type { CompanyProfile } from '../../../shared/api/company-api';
import { changeOf, changedFields, draftOf } from './draft';

const saved: CompanyProfile = {
  id: 'litoral', name: 'Litoral', timeZone: 'America/Santiago', locale: 'es-CL', currency: 'CLP', longestWelcome: 600, welcome: '¡Hola!',
  contacts: { phones: ['0343 421-0000', '0800 222 333'], email: 'a@b.example', social: [{ network: 'x', name: '@litoral' }] },
};

test('what is saved and not touched is no change, and is sent back as it was', () => {
  const draft = draftOf(saved);
  expect(changedFields({ ...draft, name: ' Litoral ' }, draft)).toEqual([]);
  expect(changeOf(draft)).toEqual({
    name: 'Litoral', timeZone: 'America/Santiago', locale: 'es-CL', currency: 'CLP', hours: null, welcome: '¡Hola!', contacts: saved.contacts,
  });
});

test('an emptied field is taken away, and told among what changed', () => {
  const draft = { ...draftOf(saved), welcome: ' ', email: '', phones: '\n 0800 222 333 \n', social: { ...draftOf(saved).social, x: '', instagram: '@li' } };
  expect(changedFields(draft, draftOf(saved))).toEqual(['welcome', 'social', 'phones', 'email']);
  expect(changeOf(draft)).toMatchObject({ welcome: null, contacts: { phones: ['0800 222 333'], social: [{ network: 'instagram', name: '@li' }] } });
  expect(changeOf(draft).contacts).not.toHaveProperty('email');
});
