import type { PhoneCountry } from './plans.js';

/** One line in the spellings that are published for its country. */
export interface PublishedLine {
  country: PhoneCountry;
  /** Where these spellings come from. */
  source: string;
  compare: string;
  /** By the E.164 digits that a spelling means: Argentina's leave open whether a mobile is meant. */
  spellings: Readonly<Record<string, readonly string[]>>;
  send: readonly string[];
}

/**
 * Formats as they are published; a country's have twelve or more. Subscriber digits are libphonenumber's examples or its tests'.
 */
export const publishedLines: readonly PublishedLine[] = [
  {
    country: 'AR', source: 'libphonenumber FAQ on Argentina and its tests; WAHA docs; external-apis.md 0.3', compare: '541187654321',
    spellings: {
      '5491187654321': [
        '+54 9 11 8765 4321', '5491187654321', '54 9 11 8765-4321', '011 15 8765-4321', '(011) 15-8765-4321', '011-15-8765-4321', '11 15 8765 4321',
        '9 11 8765-4321', '00 54 9 11 8765 4321', '+54 11 15 8765 4321', '+54 (011) 15 8765-4321', '+54 9 11 15 8765-4321', 'Cel. 011 15-87654321 int. 12',
      ],
      '541187654321': ['11 8765-4321', '011 8765-4321', '+54 11 8765 4321', '541187654321'],
    },
    send: ['5491187654321', '541187654321'],
  },
  {
    country: 'AR', source: 'ITU national numbering plan of Argentina: areas of four digits', compare: '542966423456',
    spellings: { '5492966423456': ['+54 9 2966 42-3456', '(02966) 15 42-3456', '2966 15 423456', '02966-15-423456'], '542966423456': ['02966 42-3456'] },
    send: ['5492966423456', '542966423456'],
  },
  {
    country: 'MX', source: 'libphonenumber tests; IFT plan of 2019; WAHA docs for 521', compare: '525512345678',
    spellings: {
      '525512345678': [
        '+52 55 1234 5678', '525512345678', '5215512345678', '+52 1 55 1234 5678', '+52 (1) 55-1234-5678', '55 1234 5678', '(55) 1234-5678',
        '044 55 1234 5678', '045 55 1234 5678', '01 55 1234 5678', '1 55 1234 5678', '00 52 55 1234 5678', '+52 044 55 1234 5678', '55.1234.5678',
      ],
    },
    send: ['525512345678', '5215512345678'],
  },
  {
    country: 'BR', source: 'ANATEL resolution 553 (ninth digit); libphonenumber tests with carrier codes; green-api.com, zoko.io', compare: '551187654321',
    spellings: {
      '5511987654321': [
        '+55 11 98765-4321', '5511987654321', '551187654321', '+55 (11) 8765-4321', '(11) 98765-4321', '(11) 8765-4321', '011 98765-4321', '011 8765-4321',
        '0 15 11 98765-4321', '0 15 11 8765-4321', '11 9 8765 4321', '00 55 11 98765 4321', '+55 011 98765-4321',
      ],
    },
    send: ['5511987654321', '551187654321'],
  },
  {
    country: 'BR', source: 'support.whapi.cloud: outside of the areas 11–28 accounts lack the ninth digit', compare: '559281723241',
    spellings: { '5592981723241': ['(92) 98172-3241', '92 8172 3241'] }, send: ['559281723241', '5592981723241'],
  },
  {
    country: 'CO', source: 'CRC resolution 5826 (10 digits); libphonenumber tests', compare: '573211234567',
    spellings: {
      '573211234567': [
        '+57 321 1234567', '573211234567', '321 123 4567', '(321) 123-4567', '321-123-4567', '3211234567', '03 321 123 4567', '0 321 123 4567',
        '0057 321 1234567', '57 321 123 45 67', '+57 (321) 1234567', '321.123.4567',
      ],
    },
    send: ['573211234567'],
  },
  {
    country: 'CO', source: 'CRC resolution 5826: landlines', compare: '576012345678',
    spellings: { '576012345678': ['(601) 234 5678', '+57 1 2345678', '1 234 5678', '03 1 2345678', '+57 601 2345678'] }, send: ['576012345678'],
  },
  {
    country: 'CL', source: 'SUBTEL Decreto 5 (9 digits, 2016); libphonenumber metadata; external-apis.md 0.3', compare: '56987654321',
    spellings: {
      '56987654321': [
        '+56 9 8765 4321', '56987654321', '9 8765 4321', '(9) 8765-4321', '09 8765 4321', '09-87654321', '8765 4321', '87654321', '+56 8765 4321',
        '5687654321', '0056 9 8765 4321', '+56 09 8765 4321', '9-8765-4321',
      ],
    },
    send: ['56987654321'],
  },
  {
    country: 'CL', source: 'SUBTEL: Santiago', compare: '56221234567',
    spellings: { '56221234567': ['+56 2 2123 4567', '(2) 2123 4567', '2123 4567', '022 123 4567'] }, send: ['56221234567'],
  },
  {
    country: 'PE', source: 'MTC Plan Técnico Fundamental de Numeración; libphonenumber metadata', compare: '51912345678',
    spellings: {
      '51912345678': [
        '+51 912 345 678', '51912345678', '912 345 678', '912345678', '912-345-678', '(912) 345678', '0 912 345 678', '0051 912345678', '51 912 345 678',
        '+51 0 912345678', '+51-912-345-678', '912.345.678',
      ],
    },
    send: ['51912345678'],
  },
  {
    country: 'PE', source: 'MTC: landlines with 0 before the area', compare: '5112345678',
    spellings: { '5112345678': ['(01) 234-5678', '01 2345678', '1 234 5678', '+51 1 2345678'] }, send: ['5112345678'],
  },
  {
    country: 'EC', source: 'ARCOTEL/CONATEL (ninth digit of 2012); libphonenumber metadata', compare: '593991234567',
    spellings: {
      '593991234567': [
        '+593 99 123 4567', '593991234567', '099 123 4567', '0991234567', '99 123 4567', '991234567', '09 9123 4567', '(099) 1234567', '+593 099 123 4567',
        '00593 99 123 4567', '09 123 4567', '9 123 4567', '593-99-1234567',
      ],
    },
    send: ['593991234567'],
  },
  {
    country: 'EC', source: 'ARCOTEL: landlines', compare: '59322123456',
    spellings: { '59322123456': ['(02) 212-3456', '02 2123456', '2 212 3456', '+593 2 212 3456'] }, send: ['59322123456'],
  },
  {
    country: 'UY', source: 'URSEC Plan Nacional de Numeración (2010); libphonenumber metadata', compare: '59894231234',
    spellings: {
      '59894231234': [
        '+598 94 231 234', '59894231234', '094 231 234', '094231234', '94 231 234', '94231234', '094-231-234', '(094) 231234', '+598 094 231 234',
        '00598 94 231 234', '598 94231234', '094.231.234',
      ],
    },
    send: ['59894231234'],
  },
  {
    country: 'PY', source: 'CONATEL Plan Nacional de Numeración; libphonenumber metadata', compare: '595961456789',
    spellings: {
      '595961456789': [
        '+595 961 456789', '595961456789', '0961 456 789', '0961456789', '961 456 789', '961456789', '(0961) 456-789', '0961-456789', '+595 0961 456789',
        '00595 961 456789', '595 961 456 789', '(961) 456 789',
      ],
    },
    send: ['595961456789'],
  },
  {
    country: 'PY', source: 'CONATEL: Asunción', compare: '59521212345',
    spellings: { '59521212345': ['(021) 212 345', '021212345', '+595 21 212345'] }, send: ['59521212345'],
  },
  {
    country: 'BO', source: 'ATT Plan Técnico Fundamental de Numeración (carriers 010–019); libphonenumber metadata', compare: '59171234567',
    spellings: {
      '59171234567': [
        '+591 7 1234567', '59171234567', '71234567', '7123 4567', '712-34567', '0 71234567', '010 71234567', '+591 71234567', '00591 71234567', '591 7123-4567',
        '+591 0 71234567', '(712) 34567',
      ],
    },
    send: ['59171234567'],
  },
];
