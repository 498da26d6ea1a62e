import { defineEntity, p } from '@mikro-orm/core';
import { companyAndId, companyFilter } from './company-owned.js';

const FlowSchema = defineEntity({
  name: 'Flow',
  tableName: 'flows',
  filters: companyFilter,
  properties: {
    ...companyAndId(),
    kind: p.string().$type<'support' | 'sales'>(),
    name: p.string(),
    published: p.uuid().nullable(),
  },
});

/** A flow of the bot; its published version is what conversations begin with. */
export class Flow extends FlowSchema.class {}
FlowSchema.setClass(Flow);
