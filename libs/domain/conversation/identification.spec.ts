import { describe, expect, it } from 'vitest';
import { rehearse } from './scripted-flows.js';
import { FakeIsp, firstCustomer } from './scripted-isp.js';

const stranger = '5493415559999';
const hidden = () => {
  const chat = rehearse(new FakeIsp(), '');
  delete chat.settings.contact.addresses.phone;
  return chat;
};
const isCustomerMenu = '¿Ya sos cliente?\n\n*1* Sí\n*2* No';

const second = {
  id: 'c2',
  name: 'Bruno Ferreyra',
  services: [{ id: 's9', plan: 'Fibra 100', address: 'Mitre 22' }],
  facts: { phoneEndings: ['0202'], serviceNumbers: ['100202'], streetNumbers: ['22'] },
};

describe('an unknown number', () => {
  it('is asked whether it is a customer', () => {
    expect(rehearse(new FakeIsp(), stranger).write('hola')).toEqual([isCustomerMenu]);
  });

  it('that WhatsApp hides is asked for the document, without a question to the ISP system about a phone, and is a customer by it', () => {
    const chat = hidden();
    expect(chat.write('hola')).toEqual(['¿Tu DNI?']);
    expect(chat.queries).toEqual([]);
    chat.write('30.123.456');
    expect(chat.write('100201')[0]).toMatch(/^¿Qué necesitás\?/u);
    expect(chat.write('saldo')[0]).toContain('Debés $ 27.900');
    expect(chat.queries.map((query) => query.kind)).toEqual(['by-document', 'account']);
  });

  it('that WhatsApp hides may ask for a person instead', () => {
    const chat = hidden();
    chat.write('hola');
    expect(chat.write('hablar con una persona')[0]).toMatch(/^Llamanos\./u);
  });

  it('that WhatsApp hides is asked like any other where the flow has no way of its own for it', () => {
    const chat = hidden();
    const { who } = (chat.settings.flows.support = structuredClone(chat.settings.flows.support)).nodes;
    if (who?.type === 'identify' && who.by === 'phone') delete who.on.hidden;
    expect(chat.write('hola')).toEqual([isCustomerMenu]);
    expect(chat.queries).toEqual([]);
  });

  it('identifies with the document and a second fact, and is a customer for this conversation', () => {
    const chat = rehearse(new FakeIsp(), stranger);
    chat.write('hola', 'sí');
    expect(chat.write('mi dni es 30.123.456')[0]).toMatch(/^¿Número de servicio\?/u);
    expect(chat.write('es el 100201')[0]).toMatch(/^¿Qué necesitás\?/u);
    expect(chat.write('saldo')[0]).toContain('Debés $ 27.900');
    expect(chat.wait(31).write('hola')).toEqual([isCustomerMenu]);
  });

  it('keeps neither the document nor the second fact afterwards', () => {
    const chat = rehearse(new FakeIsp(), stranger);
    chat.write('hola', 'sí', '30123456', '100201');
    expect(JSON.stringify(chat.state)).not.toMatch(/30123456|100201/u);
  });

  it('leaves neither of them behind after a wrong try', () => {
    const chat = rehearse(new FakeIsp(), stranger);
    chat.write('hola', 'sí', '30123456', '999999');
    expect(JSON.stringify(chat.state)).not.toMatch(/30123456|999999/u);
  });

  it('cannot go back into the questions once they are settled', () => {
    const chat = rehearse(new FakeIsp(), stranger);
    chat.write('hola', 'sí', '30123456', '100201');
    expect(chat.write('0')[0]).toMatch(/^¿Qué necesitás\?/u);
  });

  it('learns nothing from a wrong try: an unknown document and a wrong fact get the same words', () => {
    const wrongFact = rehearse(new FakeIsp(), stranger);
    const wrongDocument = rehearse(new FakeIsp(), stranger);
    wrongFact.write('hola', 'sí');
    wrongDocument.write('hola', 'sí');
    expect(wrongFact.write('30123456', '999999')).toEqual(wrongDocument.write('11111111', '100201'));
  });

  it('is not identified by a fact that the flow does not accept', () => {
    const chat = rehearse(new FakeIsp(), stranger);
    chat.write('hola', 'sí');
    expect(chat.write('30123456', '1234')[0]).toMatch(/^Los datos no coinciden/u);
  });

  it('cannot go on guessing: after two wrong pairs nothing is asked of the ISP system, not even after a silence', () => {
    const chat = rehearse(new FakeIsp(), stranger);
    chat.write('hola', 'sí', '30123456', '0000');
    expect(chat.write('30123456', '1111')[0]).toMatch(/^No se puede seguir probando/u);
    chat.queries.length = 0;
    chat.wait(60).write('hola', 'sí');
    expect(chat.write('30123456', '100201')[0]).toMatch(/^No se puede seguir probando/u);
    expect(chat.queries.filter((query) => query.kind === 'by-document')).toEqual([]);
    chat.wait(12 * 60).write('hola', 'sí');
    expect(chat.write('30123456', '100201')[0]).toMatch(/^¿Qué necesitás\?/u);
  });

  it('is told when the ISP system does not answer, and that is no wrong try', () => {
    const isp = new FakeIsp();
    const chat = rehearse(isp, stranger);
    chat.write('hola', 'sí');
    isp.isDown = true;
    expect(chat.write('30123456', '100201')[0]).toMatch(/^El sistema no responde/u);
    expect(chat.state.identification.failures).toBe(0);
  });

  it('chooses among several contracts under one document, only those that the fact proves', () => {
    const isp = new FakeIsp();
    const other = { ...second, facts: { ...second.facts, phoneEndings: ['0201'] } };
    isp.byDocument.set('30123456', [firstCustomer.match, other, { ...second, id: 'c3', name: 'No Es' }]);
    const chat = rehearse(isp, stranger);
    chat.write('hola', 'sí');
    expect(chat.write('30123456', '0201')[0]).toBe('¿Quién sos?\n\n*1* Ana G.\n*2* Bruno F.\n*0* Volver');
    chat.write('bruno');
    expect(chat.state.customer).toMatchObject({ id: 'c2', by: 'document' });
  });
});

describe('a phone that several customers share', () => {
  const shared = (): FakeIsp => {
    const isp = new FakeIsp();
    isp.byPhone.set(firstCustomer.phone, [firstCustomer.match, second]);
    return isp;
  };

  it('is asked which of them writes, by first name and initial', () => {
    const chat = rehearse(shared());
    expect(chat.write('hola')).toEqual(['¿Quién sos?\n\n*1* Ana G.\n*2* Bruno F.']);
    chat.write('2');
    expect(chat.state.customer).toMatchObject({ id: 'c2', by: 'phone' });
  });

  it('shows what its people recognise of addresses where names are not enough', () => {
    const isp = shared();
    isp.byPhone.set(firstCustomer.phone, [firstCustomer.match, { ...second, name: 'Ana Gutiérrez' }]);
    expect(rehearse(isp).write('hola')[0]).toContain('*1* Ana G. · San Martín ••34\n*2* Ana G. · Mitre •2');
  });
});

describe('a customer with several services', () => {
  it('chooses the one that is meant, by number or by address', () => {
    const isp = new FakeIsp();
    const services = [...firstCustomer.match.services, ...second.services];
    isp.byPhone.set(firstCustomer.phone, [{ ...firstCustomer.match, services }]);
    const chat = rehearse(isp);
    chat.write('hola');
    expect(chat.write('2')[0]).toBe('¿Cuál?\n\n*1* Fibra 300 · San Martín 1234\n*2* Fibra 100 · Mitre 22\n*0* Volver');
    expect(chat.write('la de mitre 22')[0]).toMatch(/^Mitre 22: en línea/u);
    expect(chat.queries.at(-1)).toMatchObject({ kind: 'connection', customer: 'c1', service: 's9' });
  });
});

describe('what the ISP system says', () => {
  it.each([
    [{ balance: '0.00', dueOn: undefined, suspended: false }, 'Estás al día.'],
    [{ balance: '-150.00', dueOn: undefined, suspended: false }, 'Estás al día.'],
    [{ balance: '27900.50', dueOn: '2026-11-22', suspended: false }, 'Debés $ 27.900,50, vence el 22 de noviembre.'],
    [{ balance: '27900', dueOn: '2027-01-05', suspended: false }, 'Debés $ 27.900, vence el 5 de enero de 2027.'],
    [{ balance: '27900', dueOn: '2026-11-21', suspended: false }, 'Debés $ 27.900, venció hace 1 día.'],
    [{ balance: '55800', dueOn: '2026-10-01', suspended: true }, 'Suspendido: debés $ 55.800.'],
  ])('about an account of %o is said honestly', ({ balance, dueOn, suspended }, words) => {
    const isp = new FakeIsp();
    isp.account = { balance: { amount: balance, currency: 'ARS' }, dueOn, invoices: [], suspended };
    const chat = rehearse(isp);
    chat.write('hola');
    expect(chat.write('1')[0]).toBe(`${words}\n\n¿Algo más?`);
  });

  it.each([
    [{ status: 'active', online: true, signalDbm: -26.9 }, 'San Martín 1234: en línea.'],
    [{ status: 'active', online: true }, 'San Martín 1234: en línea.'],
    [{ status: 'active', online: true, signalDbm: -28.5 }, 'San Martín 1234: señal baja, -28,5 dBm.'],
    [{ status: 'active', online: false }, 'San Martín 1234: caído.'],
    [{ status: 'suspended', online: false }, 'San Martín 1234: suspendido.'],
  ] as const)('about a connection of %o is said honestly', (connection, words) => {
    const isp = new FakeIsp();
    isp.connection = connection;
    const chat = rehearse(isp);
    chat.write('hola');
    expect(chat.write('2')[0]).toBe(`${words}\n\n¿Algo más?`);
  });

  it('is missing while it is down, which is said, and asked again on the next visit', () => {
    const isp = new FakeIsp();
    isp.isDown = true;
    const chat = rehearse(isp);
    expect(chat.write('hola')[0]).toMatch(/^El sistema no responde\./u);
    isp.isDown = false;
    expect(chat.write('menú')[0]).toMatch(/^Hola, Ana\./u);
  });

  it('about a customer who was removed makes the bot ask again who writes', () => {
    const isp = new FakeIsp();
    const chat = rehearse(isp);
    chat.write('hola');
    isp.byPhone.clear();
    const [query] = chat.decide([chat.message({ kind: 'text', text: 'saldo' })]);
    const answer = chat.decide([{ kind: 'result', step: query!.id, result: { ok: false, reason: 'not-found' } }]);
    expect(answer).toMatchObject([{ text: expect.stringMatching(/¿Ya sos cliente\?/u) as string }]);
  });
});
