import sharp from 'sharp';
import { receiptCountries, type ReceiptCountry } from '../../libs/domain/receipt/receipt.js';
import type { IncomingPayment } from '../../libs/domain/receipt/statement.js';
import { layouts, type Layout } from './layouts.js';
import { companyOf, payerOf, strangerOf } from './people.js';
import { flaws, photograph, type Flaw } from './photograph.js';
import { chanceOf, type Chance, type TrueReceipt } from './true-receipt.js';

/** Where and when all of it happens. */
export const TODAY = '2026-11-20';

export const forgeries = ['re-encoded', 're-used crop', 'new screenshot', 'amount edited', 'date edited', 'number edited', 'old', 'wrong account', 'another company', 'pending'] as const;
export type Forgery = (typeof forgeries)[number];

export interface SetEntry {
  id: string;
  kind: 'clean' | 'photographed' | 'forged';
  flaw?: Flaw;
  forgery?: Forgery;
  truth: TrueReceipt;
  picture: Buffer;
  /** Whether the bank has booked it. */
  booked?: IncomingPayment;
}

type Draw = (receipt: TrueReceipt) => Promise<Buffer>;

/** The one company of a country in which all is paid. */
const companies = Object.fromEntries(receiptCountries.map((country, i) => [country, companyOf(chanceOf(90 + i), country)])) as Record<ReceiptCountry, TrueReceipt['beneficiary']>;
export const companyIn = (country: ReceiptCountry): TrueReceipt['beneficiary'] => companies[country];

const amounts: Readonly<Record<ReceiptCountry, readonly string[]>> = {
  AR: ['24900.00', '18500.50', '31250.00', '9999.99'], MX: ['349.00', '1234.56', '599.90'], PE: ['90.00', '75.50', '120.00'],
  CO: ['70000.00', '89900.00', '125500.00'], EC: ['25.80', '31.36', '19.99'], CL: ['14990.00', '19990.00', '24500.00'],
};

function truthOf(layout: Layout, chance: Chance): TrueReceipt {
  const { country } = layout;
  return {
    layout: layout.id, country, issuer: layout.issuer, amount: chance.one(amounts[country]), state: 'completed', concept: chance.one(['Internet', 'Abono noviembre', 'Factura']),
    on: `2026-11-${chance.one(['16', '17', '18', '19'])}`, at: `${String(chance.below(24)).padStart(2, '0')}:${String(chance.below(60)).padStart(2, '0')}`,
    payer: payerOf(chance, country), beneficiary: companies[country], references: layout.references(chance),
  };
}

const bookedAs = (id: string, { on, amount, references, payer }: TrueReceipt): IncomingPayment => ({
  id, on, amount, payerName: payer.name.toUpperCase(), payerDocument: payer.document,
  references: references.filter(({ type }) => type !== 'numeric-ref').map(({ value }) => value),
});

/** What a forger makes of a genuine receipt: what is drawn anew, or done to its picture. */
async function forge(forgery: Forgery, genuine: SetEntry, chance: Chance, draw: Draw): Promise<{ truth: TrueReceipt; picture: Buffer }> {
  const { truth, picture } = genuine;
  const drawn = async (changes: Partial<TrueReceipt>) => ({ truth: { ...truth, ...changes }, picture: await draw({ ...truth, ...changes }) });
  const same = (made: Promise<Buffer>) => made.then((bytes) => ({ truth, picture: bytes }));
  const { width, height } = await sharp(picture).metadata();
  switch (forgery) {
    case 're-encoded':
      return same(sharp(picture).resize(Math.round(width * 0.8)).jpeg({ quality: 62 }).toBuffer());
    case 're-used crop':
      return same(sharp(picture).extract({ left: 6, top: 12, width: width - 12, height: height - 24 }).jpeg({ quality: 80 }).toBuffer());
    case 'new screenshot':
      return same(sharp(picture).extend({ top: 90, bottom: 160, left: 0, right: 0, background: '#000' }).resize(Math.round(width * 0.9)).png().toBuffer());
    case 'amount edited':
      return drawn({ amount: `${truth.amount.startsWith('9') ? '8' : '9'}${truth.amount.slice(1)}` });
    case 'date edited':
      return drawn({ on: truth.on === '2026-11-19' ? '2026-11-18' : '2026-11-19' });
    case 'number edited':
      return drawn({ references: layouts.find(({ id }) => id === truth.layout)!.references(chance) });
    case 'old':
      return drawn({ on: '2026-08-14', references: layouts.find(({ id }) => id === truth.layout)!.references(chance) });
    case 'wrong account':
    case 'another company':
      return drawn({ beneficiary: strangerOf(chance, truth.country), references: layouts.find(({ id }) => id === truth.layout)!.references(chance) });
    case 'pending':
      return { truth: { ...truth, state: 'pending' }, picture: await draw({ ...truth, state: 'pending', references: layouts.find(({ id }) => id === truth.layout)!.references(chance) }) };
  }
}

/**
 * The whole set, the same each time: clean ones as they come from the phone, photographed ones with one flaw each, forged ones of the clean. Genuine
 * ones are booked by the bank.
 */
export async function* receiptSet(draw: Draw, seed = 2026): AsyncGenerator<SetEntry> {
  const clean: SetEntry[] = [];
  for (const [i, layout] of layouts.entries()) {
    for (let nth = 0; nth < 4; nth += 1) {
      const truth = truthOf(layout, chanceOf(seed + i * 101 + nth * 7));
      const id = `clean/${layout.id}/${nth}`;
      const entry: SetEntry = { id, kind: 'clean', truth, picture: await draw(truth), booked: bookedAs(id, truth) };
      clean.push(entry);
      yield entry;
    }
    for (let nth = 0; nth < 3; nth += 1) {
      const chance = chanceOf(seed + 50_000 + i * 101 + nth * 7);
      const truth = truthOf(layout, chance);
      const flaw = flaws[(i * 3 + nth) % flaws.length]!;
      const id = `photographed/${layout.id}/${flaw}`;
      yield { id, kind: 'photographed', flaw, truth, picture: await photograph(await draw(truth), flaw, chance), booked: bookedAs(id, truth) };
    }
  }
  for (const [i, genuine] of clean.filter((_, nth) => nth % 2 === 1).entries()) {
    for (const forgery of [forgeries[(i * 2) % forgeries.length]!, forgeries[(i * 2 + 1) % forgeries.length]!]) {
      yield { id: `forged/${forgery}/${genuine.id}`, kind: 'forged', forgery, ...(await forge(forgery, genuine, chanceOf(seed + 90_000 + i), draw)) };
    }
  }
}
