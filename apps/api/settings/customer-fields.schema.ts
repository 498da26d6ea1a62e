import { z } from 'zod';
import { customerFieldGroups, type CustomerField, type CustomerFieldGroup } from '../../../libs/domain/customer-fields.js';

const groups = Object.keys(customerFieldGroups) as [CustomerFieldGroup, ...CustomerFieldGroup[]];
const fields = Object.values(customerFieldGroups).flat() as [CustomerField, ...CustomerField[]];

export const customerGroupSchema = z
  .object({ group: z.enum(groups), fields: z.array(z.enum(fields)).max(fields.length) })
  .meta({ id: 'CustomerGroup', description: 'A group of facts of a customer, and those of it that are shown, in order' });

export const customerLayoutSchema = z
  .object({ layout: z.array(customerGroupSchema).max(groups.length) })
  .meta({ id: 'CustomerLayout', description: 'What of a customer agents see beside the chat, in order' });
export type CustomerLayoutBody = z.infer<typeof customerLayoutSchema>;

export const customerFieldsSchema = z
  .object({
    layout: z.array(customerGroupSchema),
    all: z.array(customerGroupSchema).meta({ description: 'Every fact that there is, as a company begins' }),
    fixed: z.array(z.enum(fields)).meta({ description: 'Those that are always shown' }),
  })
  .meta({ id: 'CustomerFields' });
export type CustomerFieldsView = z.infer<typeof customerFieldsSchema>;
