import { describe, expect, it } from 'vitest';
import { e164Digits } from '../../../domain/phone.js';
import { demoBook, wellKnown } from './customers.js';

const today = '2026-11-22';
const book = demoBook(today);
const openOf = (customerId: string) =>
  book.invoices.filter((invoice) => invoice.customerId === customerId && invoice.paidOn === undefined);
const servicesOf = (customerId: string) => book.services.filter((service) => service.customerId === customerId);
const customerCalled = (name: string) => book.customers.find((customer) => customer.name === name)!;

const different = (values: readonly string[]): boolean => new Set(values).size === values.length;

describe('the demo customer book', () => {
  it('has two hundred customers, the well-known ones first', () => {
    expect(book.customers).toHaveLength(200);
    const first = book.customers.slice(0, Object.keys(wellKnown).length);
    expect(first.map(({ name, document, phones }) => ({ name, document, phones }))).toEqual(
      Object.values(wellKnown).map(({ name, document, phones }) => ({ name, document, phones })),
    );
  });

  it('is the same each time, and on another day differs in dates and nothing else', () => {
    expect(demoBook(today)).toEqual(book);
    const dateless = (day: string) => JSON.stringify(demoBook(day)).replaceAll(/\d{4}-\d{2}-\d{2}/gu, 'date');
    expect(dateless('2027-03-01')).toBe(dateless(today));
  });

  it('gives different people different ids, documents, service and invoice numbers', () => {
    expect(different(book.customers.map((customer) => customer.id))).toBe(true);
    expect(different(book.customers.map((customer) => customer.document))).toBe(true);
    expect(different(book.services.map((service) => service.serviceNumber))).toBe(true);
    expect(different(book.invoices.map((invoice) => invoice.number))).toBe(true);
    expect(different([...book.customers, ...book.services, ...book.invoices, ...book.plans].map((row) => row.id))).toBe(true);
  });

  it('has documents, phones and ids of the right shape', () => {
    for (const customer of book.customers) {
      expect(customer.document).toMatch(/^[1-4]\d{7}$/u);
      expect(customer.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u);
      for (const phone of customer.phones) expect(e164Digits(phone)).toBe(phone);
    }
  });

  it('leaves the numbers of strangers free', () => {
    const phones = book.customers.flatMap((customer) => customer.phones);
    expect(phones.filter((phone) => /^549341555(01|9)/u.test(phone))).toEqual([]);
  });

  it('gives the first customers after the well-known ones a phone of their own', () => {
    const phones = book.customers.slice(Object.keys(wellKnown).length, 60).flatMap((customer) => customer.phones);
    const holders = (phone: string) => book.customers.filter((customer) => customer.phones.includes(phone)).length;
    expect(phones.filter((phone) => holders(phone) > 1)).toEqual([]);
  });

  it('refers only to rows that exist', () => {
    const ids = new Set([...book.customers, ...book.services, ...book.plans].map((row) => row.id));
    for (const service of book.services) expect(ids.has(service.customerId) && ids.has(service.planId)).toBe(true);
    for (const { customerId, serviceId } of book.invoices) expect(ids.has(customerId) && ids.has(serviceId ?? '')).toBe(true);
  });

  it('tells of nothing that has not happened yet', () => {
    for (const invoice of book.invoices) {
      expect(invoice.issuedOn <= today && (invoice.paidOn ?? today) <= today).toBe(true);
      expect(invoice.paidOn === undefined || invoice.paidOn >= invoice.issuedOn).toBe(true);
    }
    for (const service of book.services) expect(service.since < `${today}T00:00:00`).toBe(true);
  });

  it('has something of everything that a demonstration needs', () => {
    const phones = book.customers.flatMap((customer) => customer.phones);
    expect(phones.length - new Set(phones).size).toBeGreaterThanOrEqual(4);
    expect(book.customers.filter((customer) => customer.phones.length === 0).length).toBeGreaterThanOrEqual(5);
    expect(book.customers.filter((customer) => servicesOf(customer.id).length === 2).length).toBeGreaterThanOrEqual(8);
    expect(book.services.filter((service) => service.status === 'suspended').length).toBeGreaterThanOrEqual(5);
    expect(book.services.filter((service) => service.status === 'active' && !service.online).length).toBeGreaterThanOrEqual(3);
    expect(book.customers.filter((customer) => openOf(customer.id).length === 0).length).toBeGreaterThan(80);
  });

  it('makes its well-known people what they are called', () => {
    const open = (person: { name: string }) => openOf(customerCalled(person.name).id);
    const services = (person: { name: string }) => servicesOf(customerCalled(person.name).id);
    expect(open(wellKnown.upToDate)).toEqual([]);
    expect(open(wellKnown.dueSoon).every((invoice) => invoice.dueOn > today)).toBe(true);
    expect(open(wellKnown.debtor)).toMatchObject([{ dueOn: expect.stringMatching(/^2026-(10|11)/u) as string }]);
    expect(open(wellKnown.suspended)).toHaveLength(2);
    expect(services(wellKnown.suspended)).toMatchObject([{ status: 'suspended', online: false }]);
    expect(services(wellKnown.twoServices)).toHaveLength(2);
    expect(wellKnown.coupleOne.phones).toEqual(wellKnown.coupleTwo.phones);
    expect(services(wellKnown.offline)[0]).not.toHaveProperty('signalDbm');
    expect(services(wellKnown.weakSignal)[0]?.signalDbm).toBeLessThan(-27);
    expect(wellKnown.withoutPhone.phones).toEqual([]);
    expect(open(wellKnown.paidButSuspended)).toEqual([]);
    expect(services(wellKnown.paidButSuspended)).toMatchObject([{ status: 'suspended' }]);
  });
});
