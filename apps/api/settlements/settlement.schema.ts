import { z } from 'zod';
import { resolutions, settlementStates } from '../../../libs/domain/settlement/settlement.js';

export const resolutionSchema = z
  .object({
    how: z.enum(resolutions).meta({ description: 'retry: once more · by-hand: it was done in the ISP’s system by hand · give-up: it is not done' }),
    why: z.string().trim().min(1).max(500),
  })
  .meta({ id: 'SettlementResolution' });
export type SettlementResolution = z.infer<typeof resolutionSchema>;

export const resolvedSchema = z.object({ state: z.enum(settlementStates) }).meta({ id: 'ResolvedSettlement' });
export type ResolvedSettlement = z.infer<typeof resolvedSchema>;
