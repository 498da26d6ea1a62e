import { expect, it } from 'vitest';
import { hasRoom, MOST_OF_COMPANY, MOST_OF_PERSON } from './draft-room.js';

const none = { count: 0, size: 0 };

it.each([
  ['the first', 1_000, none, none, true],
  ['a person’s last', 1_000, { ...MOST_OF_PERSON, count: MOST_OF_PERSON.count - 1, size: 0 }, none, true],
  ['one more than a person may have', 1_000, { ...MOST_OF_PERSON, size: 0 }, none, false],
  ['one that fills a person’s room', 1_000, { count: 1, size: MOST_OF_PERSON.size - 1_000 }, none, true],
  ['a letter too much', 1_001, { count: 1, size: MOST_OF_PERSON.size - 1_000 }, none, false],
  ['one more than a company may have', 1_000, none, { ...MOST_OF_COMPANY, size: 0 }, false],
  ['more than fits in a company', 1_001, none, { count: 1, size: MOST_OF_COMPANY.size - 1_000 }, false],
])('%s: %s letters beside %o of the person, %o of the company → %s', (_, size, person, company, fits) => expect(hasRoom(size, { person, company })).toBe(fits));
