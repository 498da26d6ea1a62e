import { z } from 'zod';
import { auditActions, auditAreas } from '../../../libs/domain/audit.js';

const date = z.iso.date();
const facts = z.record(z.string(), z.unknown());

export const auditQuerySchema = z.object({
  person: z.uuid().optional(),
  kind: z.enum([...auditAreas, ...auditActions]).optional(),
  from: date.optional(),
  to: date.optional(),
  q: z.string().trim().max(100).optional(),
  before: z.string().regex(/^\d{1,18}$/).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;

export const auditEntrySchema = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    by: z.object({ id: z.uuid().optional(), name: z.string().optional() }).meta({ description: 'Empty: the system, or whoever runs it' }),
    action: z.enum(auditActions),
    subject: z.string(),
    subjectName: z.string().optional().meta({ description: 'What the subject is called now, where it still is' }),
    before: facts.optional().meta({ description: 'What differs, as it was; absent: it is new' }),
    after: facts.optional().meta({ description: 'What differs, as it became; absent: it is gone' }),
    address: z.string().optional().meta({ description: 'IP address that the change came from' }),
    request: z.string().optional().meta({ description: 'Under which the logs know it' }),
  })
  .meta({ id: 'AuditEntry', description: 'One change that somebody made' });
export type AuditEntryView = z.infer<typeof auditEntrySchema>;

export const auditPageSchema = z
  .object({ entries: z.array(auditEntrySchema), next: z.string().optional().meta({ description: 'To be named as `before` for what is older; absent: there is nothing' }) })
  .meta({ id: 'AuditPage', description: 'Newest first' });
export type AuditPage = z.infer<typeof auditPageSchema>;
