import { z } from 'zod';
import { shownStates } from '../../../libs/domain/notices/notice.js';

export const newNoticeSchema = z
  .object({
    to: z.string().min(1).max(60).meta({ description: 'Number in any spelling; without a calling code it is one of the company’s country', examples: ['+54 9 341 555-0100'] }),
    message: z.string().max(40_000).optional().meta({ description: 'Up to 4096 characters; entities and <br> are decoded. With a file it is its caption' }),
    file: z.string().max(2_000).optional().meta({ description: 'Address of a file, http or https: fetched when its turn comes' }),
    id: z.string().min(1).max(200).optional().meta({ description: 'Yours: the same id again is the same notice. Or as Idempotency-Key' }),
    channel: z.string().max(40).optional().meta({ description: 'The number that sends, by its id or digits; absent: the company’s first one' }),
  })
  .meta({ id: 'NewNotice' });
export type NewNotice = z.infer<typeof newNoticeSchema>;

export const acceptedSchema = z
  .object({
    id: z.string(),
    eta: z.iso.datetime().optional().meta({ description: 'When it will leave, as things stand; absent where nobody can say' }),
  })
  .meta({ id: 'AcceptedNotice', description: 'A notice that is committed: it will be sent, or its state says why not' });

export const noticeStateSchema = z
  .object({
    id: z.string(),
    key: z.string().optional().meta({ description: 'Yours, if it had one' }),
    to: z.string(),
    state: z.enum(shownStates),
    cause: z.string().optional().meta({ description: 'Why it failed or is not known; ack-<code> is the network’s' }),
    advice: z.string().optional().meta({ description: 'again, later, wait, check-number, link, another-way, change' }),
    acceptedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    sentAt: z.iso.datetime().optional(),
    deliveredAt: z.iso.datetime().optional(),
    readAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'NoticeState', description: 'What is known of a notice' });
export type NoticeStateView = z.infer<typeof noticeStateSchema>;

/** As panels of ISPs' systems know answers: in two languages at once. */
export const gatewaySuccessSchema = z
  .object({ status: z.literal('success'), estado: z.literal('exito'), id: z.string(), eta: z.iso.datetime().optional() })
  .meta({ id: 'GatewaySuccess' });
export type GatewaySuccess = z.infer<typeof gatewaySuccessSchema>;

export const gatewayErrorSchema = z
  .object({ status: z.literal('error'), estado: z.literal('error'), message: z.string().meta({ description: 'In Spanish, for whoever sets the panel up' }), code: z.string() })
  .meta({ id: 'GatewayError' });
export type GatewayError = z.infer<typeof gatewayErrorSchema>;
