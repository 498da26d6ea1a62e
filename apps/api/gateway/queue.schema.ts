import { z } from 'zod';
import { shownStates } from '../../../libs/domain/notices/notice.js';
import { namedSchema } from '../tickets/ticket.schema.js';

export const queueFilters = ['all', ...shownStates] as const;

export const queueQuerySchema = z.object({
  day: z.iso.date().optional().meta({ description: 'On the company’s clocks; absent: today' }),
  filter: z.enum(queueFilters).default('all'),
  q: z.string().trim().max(100).default(''),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(100).default(50),
});
export type QueueQuery = z.infer<typeof queueQuerySchema>;

const noticeFields = {
  id: z.string(),
  to: z.string().meta({ description: 'Digits' }),
  contact: z.string().optional().meta({ description: 'Name of the person, where it is known' }),
  channel: namedSchema,
  text: z.string(),
  file: z.object({ name: z.string().optional(), pending: z.boolean().meta({ description: 'It still has to be fetched' }) }).optional(),
  state: z.enum(shownStates),
  cause: z.string().optional(),
  advice: z.string().optional(),
  acceptedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
};

export const queuedNoticeSchema = z.object(noticeFields).meta({ id: 'QueuedNotice' });
export type QueuedNotice = z.infer<typeof queuedNoticeSchema>;

export const noticeDetailSchema = z
  .object({
    ...noticeFields,
    day: z.iso.date(),
    key: z.string().optional(),
    token: z.string().meta({ description: 'Name of the token that it came with' }),
    conversation: z.uuid().optional(),
    trail: z.array(z.object({
      at: z.iso.datetime(), kind: z.string(), cause: z.string().optional(), by: z.string().optional(),
      callback: z.enum(['due', 'told', 'given-up']).optional(), attempts: z.number().int(), answer: z.string().optional(),
    })),
  })
  .meta({ id: 'NoticeDetail' });
export type NoticeDetail = z.infer<typeof noticeDetailSchema>;

export const batchSchema = z
  .object({
    channel: namedSchema,
    day: z.iso.date(),
    state: z.enum(['running', 'paused', 'asking', 'ended']),
    waiting: z.number().int(),
    late: z.number().int().meta({ description: 'That will not leave before they expire, as things stand' }),
    doneAt: z.iso.datetime().optional().meta({ description: 'When the last that waits for this number will leave, as things stand; absent: nothing waits, or nobody can say' }),
    sentLastHour: z.number().int(),
    hourLimit: z.number().int().meta({ description: 'Notices an hour that the number sends at its age' }),
    dayLimit: z.number().int(),
    quiet: z.object({ from: z.string(), until: z.string() }),
    isLinked: z.boolean(),
  })
  .meta({ id: 'NoticeBatch' });
export type BatchView = z.infer<typeof batchSchema>;

export const queuePageSchema = z
  .object({
    day: z.iso.date(),
    today: z.iso.date(),
    stopped: z.boolean().meta({ description: 'The bot is stopped: nothing is accepted or sent' }),
    items: z.array(queuedNoticeSchema),
    total: z.number().int(),
    counts: z.record(z.enum(queueFilters), z.number().int()),
    batches: z.array(batchSchema).meta({ description: 'Of that day, and earlier ones that are not done' }),
  })
  .meta({ id: 'NoticeQueue' });
export type QueuePage = z.infer<typeof queuePageSchema>;

export const batchStateSchema = z.object({ state: z.enum(['running', 'paused', 'asking', 'ended']) }).meta({ id: 'NoticeBatchState' });

export const batchOrderSchema = z
  .object({ day: z.iso.date(), command: z.enum(['pause', 'resume', 'cancel', 'extend', 'fit', 'drop']) })
  .meta({ id: 'NoticeBatchOrder' });
export type BatchOrder = z.infer<typeof batchOrderSchema>;
