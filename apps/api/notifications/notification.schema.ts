import { z } from 'zod';

/** Something that happened to a ticket and concerns me. */
export const notificationSchema = z
  .object({
    id: z.string(),
    kind: z.string().meta({ description: 'opened, transferred, noted, reopened, alarmed' }),
    at: z.iso.datetime(),
    text: z.string().meta({ description: 'In Spanish' }),
    ticket: z.object({ id: z.uuid(), number: z.number().int() }),
  })
  .meta({ id: 'Notification' });
export type Notification = z.infer<typeof notificationSchema>;
