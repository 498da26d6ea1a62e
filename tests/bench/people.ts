import { demoBook } from '../../libs/db/seeds/demo/customers.js';

/** Customers whose phone leads to them alone: they come straight to the menu. */
export function knownByPhone(): { name: string; phones: string[] }[] {
  const { customers } = demoBook('2026-11-22');
  const owners = (phone: string): number => customers.filter(({ phones }) => phones.includes(phone)).length;
  return customers.slice(12).filter(({ phones: [phone] }) => phone !== undefined && owners(phone) === 1);
}
