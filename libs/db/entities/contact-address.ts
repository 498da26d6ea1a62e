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
  },
});

/** A phone jid or LID, and whose it is. */
export class ContactAddress extends ContactAddressSchema.class {}
ContactAddressSchema.setClass(ContactAddress);
