import { defineEntity, p } from '@mikro-orm/core';
import { companyAndId, companyFilter } from './company-owned.js';

const ContactSchema = defineEntity({
  name: 'Contact',
  tableName: 'contacts',
  filters: companyFilter,
  properties: {
    ...companyAndId(),
    name: p.string().nullable(),
    mergedInto: p.uuid().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});

/** A person who writes; WhatsApp addresses lead here. */
export class Contact extends ContactSchema.class {}
ContactSchema.setClass(Contact);
