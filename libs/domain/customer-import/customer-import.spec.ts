import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guessMapping } from './fields.js';
import { planImport, type ImportOptions, type KnownBook } from './plan-import.js';
import { amountIn, coordinateIn, dayIn, statusIn } from './values.js';

describe('values as people write them in lists', () => {
  it.each([
    ['27900', '27900.00'], ['$ 27.900,50', '27900.50'], ['27,900.50', '27900.50'], ['27.900', '27900.00'], ['27.9', '27.90'], ['1.234.567', '1234567.00'], ['-100,5', '-100.50'],
    ['', undefined], ['gratis', undefined], ['1,2,3', undefined], ['12.34.56', undefined], ['99999999999999', undefined],
  ])('amount «%s» is %s', (text, amount) => expect(amountIn(text)).toBe(amount));

  it.each([
    ['16/11/2026', '2026-11-16'], ['6-1-26', '2026-01-06'], ['2026-11-16', '2026-11-16'], ['2026-11-16T10:00:00.000Z', '2026-11-16'], ['16.11.2026 10:00', '2026-11-16'],
    ['31/02/2026', undefined], ['11/16/2026', undefined], ['ayer', undefined],
  ])('day «%s» is %s', (text, day) => expect(dayIn(text)).toBe(day));

  it.each([['Activo', 'active'], ['SUSPENDIDA', 'suspended'], ['baja', 'cancelled'], ['quizás', undefined]])('state «%s» is %s', (text, status) => expect(statusIn(text)).toBe(status));
  it.each([['-32,94', '-32.940000'], ['91', undefined], ['', undefined]])('latitude «%s» is %s', (text, value) => expect(coordinateIn(text, 90)).toBe(value));
});

describe('headers', () => {
  it.each([
    [['N° Cliente', 'Apellido y Nombre', 'DNI', 'Celular', 'Dirección', 'Plan', 'Saldo'], { number: 0, name: 1, document: 2, phone: 3, address: 4, plan: 5, balance: 6 }],
    [['Nombre', 'Apellido', 'Teléfono', 'Teléfono 2', 'IP', 'Estado', 'Fecha de alta'], { name: 0, lastName: 1, phone: 2, phone2: 3, ip: 4, serviceStatus: 5, installedOn: 6 }],
    [['Customer Name', 'Phone', 'Tax ID', 'Price', 'whatever'], { name: 0, phone: 1, document: 2, price: 3 }],
    [['Cliente', 'Nombre'], { name: 1 }],
  ])('%j are understood', (headers, mapping) => expect(guessMapping(headers)).toEqual(mapping));

  it('are never one field twice, nor one column', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('Nombre', 'Cliente', 'DNI', 'Tel', 'Plan', 'id', 'x', 'Celular')), (headers) => {
      const columns = Object.values(guessMapping(headers));
      expect(new Set(columns).size).toBe(columns.length);
    }));
  });
});

const known: KnownBook = {
  customers: [{ id: 'ana', number: '1001', document: '30111222' }, { id: 'beto', number: '1002', document: null }],
  services: [{ id: 's1', number: '700001', customer: 'ana' }], plans: [{ id: 'p', name: 'Fibra 300' }],
};
const fields = ['number', 'document', 'name', 'phone', 'plan', 'price', 'serviceNumber', 'balance'] as const;
const mapping = Object.fromEntries(fields.map((field, column) => [field, column]));
type Row = Partial<Record<(typeof fields)[number], string>>;
const plan = (rows: Row[], existing: ImportOptions['existing'] = 'update') =>
  planImport(rows.map((row) => fields.map((field) => row[field] ?? '')), known, { mapping, existing }, (text) => (/^\d{6,}$/u.test(text) ? `549${text}` : undefined));
const look = (rows: Row[], existing?: ImportOptions['existing']) => plan(rows, existing).rows.map(({ action, problems }) => [action, ...problems.map(({ field, code }) => `${field} ${code}`)].join(', '));

describe('an import', () => {
  it.each<[string, Row, string]>([
    ['a new customer', { document: '1.2', name: 'Caro' }, 'create'],
    ['one of the book by number', { number: '1001' }, 'update'],
    ['one of the book by document', { document: '30.111.222', name: 'Ana' }, 'update'],
    ['a new one without a name', { document: '12' }, 'error, name missing'],
    ['number and document of two', { number: '1002', document: '30111222', name: 'X' }, 'error, number two-customers'],
    ['a plan that nobody has', { document: '12', name: 'X', plan: 'Aire' }, 'error, plan plan-unknown'],
    ['a new plan with its price', { document: '12', name: 'X', plan: 'Aire', price: '100' }, 'create'],
    ['a plan in another spelling', { document: '12', name: 'X', plan: 'FIBRA  300' }, 'create'],
    ['a service of somebody else', { document: '12', name: 'X', plan: 'Fibra 300', serviceNumber: '700001' }, 'error, serviceNumber taken'],
    ['a phone that is none', { document: '12', name: 'X', phone: 'no tiene' }, 'create, phone unreadable'],
    ['nothing to know them by', { name: 'X' }, 'create, document no-key'],
    ['a balance of one that is there', { number: '1001', balance: '50' }, 'update, balance not-new'],
    ['a balance in their favour', { document: '12', name: 'X', balance: '-50' }, 'create, balance in-favour'],
    ['a price that is none', { document: '12', name: 'X', price: 'mucho' }, 'error, price unreadable'],
  ])('of %s', (_, row, expected) => expect(look([row])).toEqual([expected]));

  it('gives one customer several services, and none twice', () => {
    const ana = { document: '12', name: 'X', plan: 'Fibra 300' };
    expect(look([{ ...ana, serviceNumber: '1' }, { ...ana, serviceNumber: '2' }, { ...ana, serviceNumber: '2' }])).toEqual(['create', 'join', 'error, serviceNumber twice']);
  });

  it('leaves out who is there, where it is told to', () => expect(look([{ number: '1001', name: 'Otra' }, { document: '12', name: 'X' }], 'skip')).toEqual(['skip', 'create']));

  it('makes each new plan once, and counts what it does', () => {
    const { plans, counts } = plan([{ document: '1', name: 'A', plan: 'Aire 20', price: '100', balance: '10' }, { document: '2', name: 'B', plan: 'aire 20' }, { number: '1001', plan: 'Fibra 300' }]);
    expect(plans).toEqual([{ name: 'Aire 20', price: '100.00', downMbps: 20, upMbps: 0 }]);
    expect(counts).toEqual({ create: 2, update: 1, services: 3, invoices: 1, skip: 0, error: 0 });
  });

  it('makes nobody twice, whatever the file repeats', () => {
    const row = fc.record({ number: fc.constantFrom('', '1', '2', '1001'), document: fc.constantFrom('', '9', '8', '30111222'), name: fc.constantFrom('', 'X') });
    fc.assert(fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
      const created = plan(rows).rows.filter(({ action }) => action === 'create').map(({ read }) => read);
      for (const key of ['number', 'document'] as const) {
        const values = created.map((one) => one[key]).filter((value) => value !== '');
        expect(new Set(values).size).toBe(values.length);
      }
    }));
  });
});
