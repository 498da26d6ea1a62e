import { describe, expect, it } from 'vitest';
import { isAnotherCompanys, moneyStateOf, netOf, strangerTo, type PlatformPayment, type PlatformStatus } from './platform-payment.js';

const payment: PlatformPayment = {
  id: '1', status: 'approved', amount: { amount: '100.00', currency: 'ARS' }, refunded: '0.00', externalReference: 'litoral:1', collector: '7', createdAt: '2026-11-27T12:00:00Z', references: ['1'],
};

describe('what a payment means', () => {
  it.each<[PlatformStatus, string, string | undefined, string]>([
    ['approved', '0.00', 'accredited', 'paid'], ['approved', '40.00', 'partially_refunded', 'partly-refunded'], ['approved', '100.00', undefined, 'reversed'], ['refunded', '100.00', 'refunded', 'reversed'],
    ['charged_back', '0.00', 'settled', 'reversed'], ['charged_back', '0.00', 'in_process', 'reversed'], ['charged_back', '0.00', 'reimbursed', 'paid'], ['pending', '0.00', undefined, 'waiting'],
    ['in_mediation', '0.00', undefined, 'waiting'], ['authorized', '0.00', undefined, 'waiting'], ['unknown', '0.00', undefined, 'waiting'], ['rejected', '0.00', undefined, 'failed'], ['cancelled', '0.00', undefined, 'failed'],
  ])('%s with %s given back (%s) is %s', (status, refunded, detail, state) =>
    expect(moneyStateOf({ ...payment, status, refunded, ...(detail === undefined ? {} : { detail }) })).toBe(state));

  it('what is still there is exact', () => expect(netOf({ ...payment, refunded: '0.30' })).toBe('99.70'));
});

it.each<[string | undefined, boolean]>([
  ['litoral:8a2d6a3e-4f0e-4a53-9a51-0d6a2f2f1b11', false], ['vecina:8a2d6a3e-4f0e-4a53-9a51-0d6a2f2f1b11', true], ['pedido-77', false], ['tienda:42', false], [undefined, false],
])('a payment of %s is another company’s: %s', (externalReference, isTheirs) =>
  expect(isAnotherCompanys(externalReference === undefined ? {} : { externalReference }, 'litoral')).toBe(isTheirs));

describe('a payment of a link', () => {
  const link = { externalReference: 'litoral:1', currency: 'ARS', collector: '7' };
  it.each([[{}, undefined], [{ amount: { amount: '1.00', currency: 'ARS' } }, undefined], [{ externalReference: 'otro' }, 'reference'], [{ collector: '8' }, 'collector'], [{ amount: { amount: '100.00', currency: 'USD' } }, 'currency']])(
    'with %j: %s', (change, stranger) => expect(strangerTo({ ...payment, ...change }, link)).toBe(stranger));
  it('without a collector is nobody’s', () => {
    const { collector: _, ...anonymous } = payment;
    expect(strangerTo(anonymous, link)).toBe('collector');
  });
});
