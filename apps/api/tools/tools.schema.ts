import { z } from 'zod';
import { LONGEST_EMERGENCY_MESSAGE, modes } from '../../../libs/domain/modes/mode.js';

const person = z.object({ id: z.uuid(), name: z.string() });

export const modeSchema = z
  .object({
    mode: z.enum(modes),
    since: z.iso.datetime().optional().meta({ description: 'Absent while the company has never left COMPLETE' }),
    by: person.optional(),
    kept: z.number().int().meta({ description: 'Conversations whose messages are kept until people are offered them' }),
  })
  .meta({ id: 'OperatingMode', description: 'What the bot does at all' });
export type ModeView = z.infer<typeof modeSchema>;

export const modeChangeSchema = z.object({ mode: z.enum(modes) }).meta({ id: 'OperatingModeChange' });
export type ModeChange = z.infer<typeof modeChangeSchema>;

export const emergencyMessageSchema = z
  .object({
    saved: z.object({ version: z.number().int(), text: z.string(), at: z.iso.datetime(), by: person.optional() }).optional()
      .meta({ description: 'The newest version, which customers are told; absent: none was ever saved, and EMERGENCY cannot begin' }),
    longest: z.number().int().meta({ description: 'Characters that it may have' }),
  })
  .meta({ id: 'EmergencyMessage' });
export type EmergencyMessageView = z.infer<typeof emergencyMessageSchema>;

export const emergencyTextSchema = z.object({ text: z.string().trim().min(1).max(LONGEST_EMERGENCY_MESSAGE) }).meta({ id: 'EmergencyText' });
export type EmergencyTextBody = z.infer<typeof emergencyTextSchema>;
