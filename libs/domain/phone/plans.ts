/**
 * National numbering plans, as far as they make one line be written in several ways. Facts: the regulators' plans as libphonenumber's
 * metadata has them (`nationalPrefixForParsing`, patterns of `fixedLine` and `mobile`), and for WhatsApp's own spelling the docs of
 * those who send through it: green-api.com "Features of sending and receiving messages to numbers of different countries",
 * support.whapi.cloud "Specifics of sending messages to numbers of different countries", zoko.io "WhatsApp ID Brazil Mexico".
 */

export const phoneCountries = ['AR', 'MX', 'BR', 'CO', 'CL', 'PE', 'EC', 'UY', 'PY', 'BO'] as const;
export type PhoneCountry = (typeof phoneCountries)[number];

/** How a country writes its numbers. "National" is what follows the calling code in E.164, without prefixes for dialling. */
export interface NumberingPlan {
  calling: string;
  /** What people write around a national number, and what stands for it there: each is tried once, in order. */
  clean: readonly (readonly [RegExp, string])[];
  /** A clean number with its area. */
  national: RegExp;
  /** What all spellings of one line have in common; the national number itself where there is only one. */
  key?: (national: string) => string;
  /** Other spellings under which WhatsApp may know the line, as national numbers, in the order to try them. */
  accounts?: (national: string) => string[];
  /** How ISPs write it without the calling code, beside the key's digits. */
  written?: (key: string) => string[];
}

const drop = (prefix: RegExp) => [prefix, ''] as const;

/**
 * Argentina: a mobile is 9 + area + number from abroad, 0 + area + 15 + number at home. Area and number have ten digits together, so
 * the 15 stands in one place only. Whether a line is a mobile cannot be seen from those ten: WhatsApp knows nearly all with the 9.
 */
const argentina: NumberingPlan = {
  calling: '54',
  clean: [
    drop(/^0(?=\d{10})/u),
    drop(/^90(?=\d{10,12}$)/u),
    [/^9?(11|[23]\d{2,3})15(?=\d{6,8}$)(\d+)$/u, '9$1$2'],
  ],
  national: /^9?(?:11|[23]\d)\d{8}$/u,
  key: (national) => national.replace(/^9(?=\d{10}$)/u, ''),
  accounts: (national) => {
    const ten = national.replace(/^9(?=\d{10}$)/u, '');
    return [`9${ten}`, ten];
  },
  written: (ten) => [`0${ten}`, ...areasOf(ten).flatMap((area) => {
    const withFifteen = `${area}15${ten.slice(area.length)}`;
    return [withFifteen, `0${withFifteen}`];
  })],
};

/** Where the area may end: 11, or three or four digits. */
const areasOf = (ten: string): string[] => (ten.startsWith('11') ? ['11'] : [ten.slice(0, 3), ten.slice(0, 4)]);

/** Mexico: until 2019 44, 45 and 1 marked mobiles, 01 long distance; accounts of before still have 52 1. */
const mexico: NumberingPlan = {
  calling: '52',
  clean: [drop(/^(?:044|045|01)(?=\d{10}$)/u), drop(/^1(?=\d{10}$)/u)],
  national: /^[2-9]\d{9}$/u,
  accounts: (national) => [national, `1${national}`],
  written: (ten) => [`1${ten}`, `01${ten}`, `044${ten}`, `045${ten}`],
};

/**
 * Brazil: mobiles got a ninth digit (9) from 2012 to 2016. Accounts of before lack it, as a rule outside of the areas 11–28, which
 * changed first. A 9 before 0–5 was never without, so that no landline is taken for a mobile. 0, or 0 and a carrier's two digits, dial.
 */
const ninth = /^(?<area>\d\d)9(?<line>[6-9]\d{7})$/u;
const brazil: NumberingPlan = {
  calling: '55',
  clean: [
    drop(/^0\d\d(?=[1-9]\d{9,10}$)/u),
    drop(/^0(?=[1-9]\d{9,10}$)/u),
    [/^(?<area>[1-9]\d)(?<line>[6-9]\d{7})$/u, '$<area>9$<line>'],
  ],
  national: /^(?:[14689][1-9]|2[12478]|3[1-578]|5[13-5]|7[13-579])(?:9\d{8}|[2-5]\d{7})$/u,
  key: (national) => national.replace(ninth, '$<area>$<line>'),
  accounts: (national) => {
    const old = national.replace(ninth, '$<area>$<line>');
    if (old === national) return [national];
    return /^[12]/u.test(national) ? [national, old] : [old, national];
  },
  written: (key) => {
    const long = key.replace(/^(?<area>\d\d)(?<line>[6-9]\d{7})$/u, '$<area>9$<line>');
    return long === key ? [`0${key}`] : [long, `0${long}`, `0${key}`];
  },
};

/** Colombia: 10 digits since 2021, landlines with 60 before the area's digit; 03 dialled a mobile from a landline until then. */
const colombia: NumberingPlan = {
  calling: '57',
  clean: [drop(/^03?(?=3\d{9}$)/u), drop(/^0[3579]?(?=[124-8]\d{7}$)/u), [/^(?=[124-8]\d{7}$)/u, '60'], drop(/^0(?=60\d{8}$)/u)],
  national: /^(?:3\d{9}|60[124-8]\d{7})$/u,
  written: (ten) => (ten.startsWith('60') ? [ten.slice(2), `03${ten.slice(2)}`] : [`03${ten}`]),
};

/** Chile: 9 digits; mobiles and landlines of Santiago are still written without their first one; 09 dialled a mobile until 2016. */
const chile: NumberingPlan = {
  calling: '56',
  clean: [drop(/^0(?=[2-9]\d{8}$)/u), [/^(?=[4-9]\d{7}$)/u, '9'], [/^(?=[23]\d{7}$)/u, '2']],
  national: /^(?:9[2-9]|[2-7]\d)\d{7}$/u,
  written: (nine) => (nine.startsWith('9') ? [`0${nine}`, nine.slice(1)] : [`0${nine}`]),
};

/** Peru: mobiles 9 digits, landlines area and number, 0 before the area at home. */
const peru: NumberingPlan = {
  calling: '51',
  clean: [drop(/^0(?=9\d{8}$|[14-8]\d{7}$)/u)],
  national: /^(?:9\d{8}|[14-8]\d{7})$/u,
  written: (national) => [`0${national}`],
};

/** Ecuador: 0 at home; mobiles of before 2012 lack the first 9. */
const ecuador: NumberingPlan = {
  calling: '593',
  clean: [drop(/^0(?=9\d{8}$|[2-9]\d{7}$)/u), [/^(?=[89]\d{7}$)/u, '9']],
  national: /^(?:9\d{8}|[2-7]\d{7})$/u,
  written: (national) => [`0${national}`],
};

/** Uruguay: 8 digits; 0 before a mobile at home. */
const uruguay: NumberingPlan = {
  calling: '598',
  clean: [drop(/^0(?=9\d{7}$|[24]\d{7}$)/u)],
  national: /^(?:9[1-9]\d{6}|[24]\d{7})$/u,
  written: (national) => [`0${national}`],
};

/** Paraguay: mobiles 9 digits, landlines 7 to 9, 0 at home. */
const paraguay: NumberingPlan = {
  calling: '595',
  clean: [drop(/^0(?=[2-9]\d{6,8}$)/u)],
  national: /^(?:9\d{8}|[2-8]\d{6,8})$/u,
  written: (national) => [`0${national}`],
};

/** Bolivia: 8 digits; 0, or 0 1x of a carrier, at home. */
const bolivia: NumberingPlan = {
  calling: '591',
  clean: [drop(/^0(?:1\d)?(?=[2-467]\d{7}$)/u)],
  national: /^[2-467]\d{7}$/u,
  written: (national) => [`0${national}`],
};

export const numberingPlans: Readonly<Record<PhoneCountry, NumberingPlan>> = {
  AR: argentina, MX: mexico, BR: brazil, CO: colombia, CL: chile, PE: peru, EC: ecuador, UY: uruguay, PY: paraguay, BO: bolivia,
};
