import { expect, test } from 'vitest';
import { contactsInWords, noContacts } from './company-profile.js';

test('a company is reached by what it tells, a line each, and by nothing that it does not', () => {
  expect(contactsInWords(noContacts)).toBe('');
  expect(contactsInWords({ phones: ['0343 421-0000', '0800 222 333'], email: 'hola@litoral.example', address: 'San Martín 100', web: 'https://litoral.example', social: [{ network: 'instagram', name: '@litoral' }] }))
    .toBe('📞 0343 421-0000 / 0800 222 333\n✉️ hola@litoral.example\n📍 San Martín 100\n🌐 https://litoral.example\nInstagram: @litoral');
});
