import { z } from 'zod';

/** Something that happened to a ticket, or to one of the company's numbers, and concerns me. */
export const notificationSchema = z
  .object({
    id: z.string(),
    kind: z.string().meta({ description: 'opened, transferred, noted, reopened, alarmed; number-restricted, channel-logged-out, channel-banned, channel-refused; notices-late; receipt-late; payment-stuck, payment-kept, payment-partly-refunded, payment-not-ours, payment-paid-twice, payment-overpaid, payment-won-back, payment-unreadable' }),
    at: z.iso.datetime(),
    text: z.string().meta({ description: 'In Spanish' }),
    receipt: z.uuid().optional().meta({ description: 'Where somebody sees to it' }),
    ticket: z.object({ id: z.uuid(), number: z.number().int() }).optional().meta({ description: 'Not for what happened to a number or its notices' }),
  })
  .meta({ id: 'Notification' });
export type Notification = z.infer<typeof notificationSchema>;
