import fc from 'fast-check';
import { isValidPhoneNumber } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { phonesInText } from './free-text.js';
import { phoneProblemWords, readPhone, type PhoneLine } from './line.js';
import { numberingPlans, phoneCountries, type PhoneCountry } from './plans.js';
import { publishedLines } from './published-numbers.js';

const lineOf = (written: string, country?: PhoneCountry): PhoneLine => {
  const read = readPhone(written, country);
  if (!read.ok) throw new Error(`${written}: ${read.problem}`);
  return read.line;
};

describe('published spellings', () => {
  it.each(phoneCountries)('of %s are at least twelve', (country) => {
    const own = publishedLines.filter((line) => line.country === country);
    expect(own.flatMap(({ spellings }) => Object.values(spellings).flat()).length).toBeGreaterThanOrEqual(12);
  });

  const cases = publishedLines.flatMap(({ country, compare, spellings }) =>
    Object.entries(spellings).flatMap(([e164, written]) => written.map((one) => [country, one, e164, compare] as const)));
  it.each(cases)('%s: %s is %s', (country, written, e164, compare) => {
    expect(lineOf(written, country)).toMatchObject({ e164, compare });
  });

  it.each(publishedLines)('of $compare lead to WhatsApp in their order, and libphonenumber knows it', ({ send, spellings, country }) => {
    const [e164, [first]] = Object.entries(spellings)[0] as [string, [string]];
    expect(lineOf(first, country).send).toEqual(send);
    expect(isValidPhoneNumber(`+${e164}`)).toBe(true);
  });
});

describe('where a number goes', () => {
  it.each([
    ['5493415550100', undefined, ['5493415550100', '543415550100']],
    ['543415550100', undefined, ['543415550100', '5493415550100']],
    ['0341 555-0100', 'AR', ['5493415550100', '543415550100']],
    ['5215512345678', undefined, ['5215512345678', '525512345678']],
    ['55 1234 5678', 'MX', ['525512345678', '5215512345678']],
    ['559281723241', undefined, ['559281723241', '5592981723241']],
    ['(92) 98172-3241', 'BR', ['559281723241', '5592981723241']],
    ['(11) 3234-5678', 'BR', ['551132345678']],
  ] as const)('%s (%s): %j', (written, country, send) => expect(lineOf(written, country).send).toEqual(send));

  it.each([
    ['5493415550100', ['5493415550100', '543415550100', '93415550100', '3415550100', '03415550100', '341155550100', '0341155550100', '341515550100', '0341515550100', '15550100']],
    ['593991234567', ['593991234567', '991234567', '0991234567', '91234567']],
    ['56987654321', ['56987654321', '987654321', '0987654321', '87654321']],
  ])('%s is searched in an ISP system as %j', (written, isp) => expect(lineOf(written).isp).toEqual(isp));
});

describe('what is no number', () => {
  it.each([
    ['', 'no-digits'], ['mamá', 'no-digits'], ['555', 'too-short'], ['15 555-0100', 'too-short'], ['4555-0100', 'too-short'],
    ['0341 15 555-0100 0341 15 555-0101', 'too-long'], ['99999999999', 'no-such-number'],
  ] as const)('«%s» is told as %s', (written, problem) => {
    expect(readPhone(written, 'AR')).toEqual({ ok: false, problem });
    expect(phoneProblemWords[problem]).toMatch(/\.$|\?$/);
  });
});

it('reads other countries by the tables of the world', () => {
  expect(lineOf('+1 212 555 0123')).toMatchObject({ e164: '12125550123', compare: '12125550123' });
  expect(lineOf('+34 612 345 678', 'AR').e164).toBe('34612345678');
});

it('takes a number without + as one of the company’s country first', () => {
  expect(lineOf('51 98765-4321', 'BR').e164).toBe('5551987654321'); // Porto Alegre
  expect(lineOf('51 98765-4321').e164).toBe('51987654321'); // Peru
});

describe('free text', () => {
  it('holds several numbers, each line once, and says what it could not read', () => {
    const { lines, unread } = phonesInText('0341 15 555-0100 (mamá) / 341-5550100, +54 9 11 8765 4321; int. 3 | 555 y 0342 15 455 0102', 'AR');
    expect(lines.map(({ compare }) => compare)).toEqual(['543415550100', '541187654321', '543424550102']);
    expect(unread).toEqual([{ written: '555', problem: 'too-short' }]);
  });
});

/** Clean national numbers of each plan, as E.164 would have them. */
const nationals: Record<PhoneCountry, RegExp> = {
  AR: /^9?(11[2-7]\d{7}|(341|351|2966|3783)[2-7]\d{6})$/, MX: /^[2-9]\d{9}$/, BR: /^(11|21|51|92)(9[6-9]\d{7}|[2-5]\d{7})$/, CO: /^(3\d{9}|60[124-8]\d{7})$/,
  CL: /^(9[4-9]\d{7}|2[23]\d{7})$/, PE: /^(9\d{8}|1\d{7})$/, EC: /^(9[89]\d{7}|[2-7]\d{7})$/, UY: /^(9[1-9]\d{6}|[24]\d{7})$/, PY: /^(9[6-9]\d{7}|21\d{6})$/,
  BO: /^([67]\d{7}|[234]\d{7})$/,
};
const aLine = fc.constantFrom(...phoneCountries).chain((country) =>
  fc.stringMatching(nationals[country]).filter((national) => numberingPlans[country].national.test(national)).map((national) => ({ country, national, line: lineOf(`+${numberingPlans[country].calling}${national}`) })));

describe('properties', () => {
  it('all spellings of a line fall together, also read again from any of them', () => {
    fc.assert(fc.property(aLine, ({ country, line }) => {
      for (const spelling of line.isp.slice(0, -1)) {
        const read = readPhone(spelling, country);
        // An area of three or of four digits cannot be told from the digits alone: such a spelling may be no number.
        if (read.ok) expect({ spelling, compare: read.line.compare }).toEqual({ spelling, compare: line.compare });
        else expect(country).toBe('AR');
      }
      for (const account of line.send) expect(lineOf(account).compare).toBe(line.compare);
    }), { numRuns: 500 });
  });

  it('read again, it is the same', () => {
    fc.assert(fc.property(aLine, fc.boolean(), ({ line, country }, abroad) => {
      const again = abroad ? lineOf(line.e164) : lineOf(`+${line.e164}`, country);
      expect(again).toEqual(line);
      expect(lineOf(line.send[0]!)).toEqual({ ...line, send: expect.arrayContaining(line.send) as string[], e164: expect.any(String) as string, isp: expect.arrayContaining(line.isp) as string[] });
    }), { numRuns: 500 });
  });

  it('different lines never fall together', () => {
    const marked = ({ country, national }: { country: PhoneCountry; national: string }) =>
      country === 'AR' ? national.replace(/^9(?=\d{10}$)/, '') : national;
    fc.assert(fc.property(fc.array(aLine, { minLength: 2, maxLength: 40 }), (many) => {
      const lines = new Set(many.map((one) => `${one.country} ${marked(one)}`));
      expect(new Set(many.map(({ line }) => line.compare)).size).toBe(lines.size);
    }));
  });

  it('neighbours of one line in the same area stay apart', () => {
    fc.assert(fc.property(aLine, fc.integer({ min: 1, max: 9 }), ({ line, national, country }, step) => {
      const last = (Number(national.at(-1)) + step) % 10;
      const { calling } = numberingPlans[country];
      expect(lineOf(`+${calling}${national.slice(0, -1)}${last}`).compare).not.toBe(line.compare);
    }));
  });

  it('never throws, whatever somebody wrote', () => {
    const anything = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.stringMatching(/^[+0-9 ()./-]{0,30}$/));
    fc.assert(fc.property(anything, fc.option(fc.constantFrom(...phoneCountries), { nil: undefined }), (text, country) => {
      const read = readPhone(text, country);
      if (read.ok) expect(read.line.compare).toMatch(/^\d+$/);
      expect(phonesInText(text, country)).toBeDefined();
    }), { numRuns: 2000 });
  });
});
