import { defineEntity, p } from '@mikro-orm/core';
import { company, companyFilter } from './company-owned.js';

const ContactAddressSchema = defineEntity({
  name: 'ContactAddress',
  tableName: 'contact_addresses',
  filters: companyFilter,
  properties: {
    company: company(),
    address: p.string().primary(),
    contact: p.uuid(),
    home: p.uuid().nullable(),
    /** PostgreSQL makes it of the address. */
    key: p.string().nullable().persist(false),
  },
});

/** A phone jid or LID, and whose it is. */
export class ContactAddress extends ContactAddressSchema.class {}
ContactAddressSchema.setClass(ContactAddress);
