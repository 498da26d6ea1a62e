import { z } from 'zod';
import { missedPolicies, statusColourNames, statusStates } from '../../../libs/domain/status/status.js';
import { namedSchema } from '../tickets/ticket.schema.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const content = {
  text: z.string().max(20_000).meta({ description: 'Or an image’s caption; 700 characters at most, as people count them' }),
  colour: z.enum(statusColourNames).optional().meta({ description: 'Of a text' }),
  image: sha256.optional().meta({ description: 'SHA-256 of an image that was put up before; with one it is an image' }),
};

export const newStatusSchema = z
  .object({
    channel: z.uuid(),
    ...content,
    publishAt: z.string().max(16).optional().meta({ description: 'On the company’s clocks, as 2026-11-27T18:30; absent: now' }),
  })
  .meta({ id: 'NewStatus' });
export type NewStatus = z.infer<typeof newStatusSchema>;

export const statusEditSchema = newStatusSchema.omit({ channel: true }).meta({ id: 'StatusEdit' });
export type StatusEdit = z.infer<typeof statusEditSchema>;

export const statusSchema = z
  .object({
    id: z.uuid(),
    channel: namedSchema,
    kind: z.enum(['text', 'image']),
    text: z.string(),
    colour: z.enum(statusColourNames).optional(),
    image: sha256.optional(),
    state: z.enum(statusStates),
    cause: z.string().optional().meta({ description: 'Why it failed, or why nobody knows: ack-<code> is the network’s' }),
    publishAt: z.iso.datetime(),
    publishAtLocal: z.string().meta({ description: 'The same on the company’s clocks' }),
    publishedAt: z.iso.datetime().optional(),
    audience: z.number().int().optional().meta({ description: 'People whom it went to' }),
    leftOut: z.number().int().optional().meta({ description: 'People of whom WhatsApp’s address is not known: it cannot go to them' }),
    views: z.number().int(),
    createdBy: namedSchema.optional(),
  })
  .meta({ id: 'Status', description: 'A WhatsApp status' });
export type StatusView = z.infer<typeof statusSchema>;

/** error: failed, or nobody knows · cancelled: before, or taken back · history: all that is not planned. */
export const statusFilters = ['planned', 'history', 'published', 'expired', 'error', 'cancelled'] as const;
export type StatusFilter = (typeof statusFilters)[number];

export const statusQuerySchema = z.object({
  filter: z.enum(statusFilters).default('history'),
  q: z.string().trim().max(100).default(''),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(100).default(20),
});
export type StatusQuery = z.infer<typeof statusQuerySchema>;

export const statusPageSchema = z
  .object({
    items: z.array(statusSchema),
    total: z.number().int(),
    counts: z.object({
      planned: z.number().int(), history: z.number().int(), published: z.number().int(), expired: z.number().int(),
      error: z.number().int(), cancelled: z.number().int(),
    }),
    missed: z.enum(missedPolicies).meta({ description: 'What is done with one whose time passed during an outage' }),
    now: z.string().meta({ description: 'What the company’s clocks show' }),
  })
  .meta({ id: 'StatusPage' });
export type StatusPage = z.infer<typeof statusPageSchema>;

export const viewerSchema = z
  .object({ name: z.string().optional().meta({ description: 'Absent for somebody who is no contact' }), at: z.iso.datetime() })
  .meta({ id: 'StatusViewer' });
export type Viewer = z.infer<typeof viewerSchema>;

export const missedPolicySchema = z.object({ missed: z.enum(missedPolicies) }).meta({ id: 'MissedStatusPolicy' });
export const clearedSchema = z.object({ cleared: z.number().int() }).meta({ id: 'ClearedStatuses' });
export const statusImageSchema = z.object({ sha256, mimetype: z.string(), size: z.number().int() }).meta({ id: 'StatusImage' });
export type StatusImage = z.infer<typeof statusImageSchema>;
