import { z } from 'zod';

const step = z.enum(['done', 'open']);
export type Step = z.infer<typeof step>;

export const setupSchema = z
  .object({
    steps: z.object({
      password: step.meta({ description: 'The password that the operator gave is changed' }),
      company: step.meta({ description: 'Name and time zone are confirmed' }),
      system: step.meta({ description: 'An ISP system is active, or the embedded book has customers' }),
      number: step.meta({ description: 'A number is linked, or was' }),
      testChat: step.meta({ description: 'The bot has answered somebody' }),
      flow: step.meta({ description: 'A support flow is published' }),
    }),
    finished: z.boolean().meta({ description: 'The wizard was ended and is not shown any more' }),
  })
  .meta({ id: 'Setup', description: 'How far the first-run wizard is' });
export type Setup = z.infer<typeof setupSchema>;
