import { defineEntity, p } from '@mikro-orm/core';
import { companyAndId, companyFilter } from './company-owned.js';

const FlowVersionSchema = defineEntity({
  name: 'FlowVersion',
  tableName: 'flow_versions',
  filters: companyFilter,
  properties: {
    ...companyAndId(),
    flow: p.uuid(),
    number: p.integer(),
    definition: p.json().$type<unknown>(),
    publishedAt: p.datetime().nullable(),
  },
});

/** One version of a flow. Never changed once published: a conversation finishes on the version it began with. */
export class FlowVersion extends FlowVersionSchema.class {}
FlowVersionSchema.setClass(FlowVersion);
