import { z } from 'zod';
import { roles } from '../../../libs/domain/roles.js';

export const departmentSchema = z.object({ id: z.uuid(), name: z.string() }).meta({ id: 'Department', description: 'A group of agents' });
export type DepartmentView = z.infer<typeof departmentSchema>;

export const departmentNameSchema = z.object({ name: z.string().trim().min(1).max(60) }).meta({ id: 'DepartmentName' });
export type DepartmentName = z.infer<typeof departmentNameSchema>;

export const agentSchema = z
  .object({ id: z.uuid(), name: z.string(), role: z.enum(roles), departments: z.array(z.uuid()) })
  .meta({ id: 'Agent', description: 'A colleague to whom one may hand something over' });
export type AgentView = z.infer<typeof agentSchema>;
