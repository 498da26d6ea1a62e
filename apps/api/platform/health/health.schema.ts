import { z } from 'zod';

/** fit: does its work · unfit: answers, but does not · gone: does not answer · unknown: nobody could be asked. */
export const processStates = ['fit', 'unfit', 'gone', 'unknown'] as const;
export type ProcessState = (typeof processStates)[number];

export const processHealthSchema = z.object({
  name: z.string().meta({ examples: ['worker'] }),
  state: z.enum(processStates),
  since: z.iso.datetime().meta({ description: 'Since when this API has seen that state' }),
  ageMs: z.number().int().optional().meta({ description: 'Age of the last sign of life, for processes that give one' }),
  detail: z.string().optional().meta({ description: 'What is wrong, in Spanish' }),
});
export type ProcessHealth = z.infer<typeof processHealthSchema>;

export const healthSchema = z
  .object({ state: z.enum(['fit', 'unfit']), processes: z.array(processHealthSchema) })
  .meta({ id: 'Health', description: 'Whether every process is fit, and each by name' });
export type Health = z.infer<typeof healthSchema>;
