/**
 * What administrative changes are called in the audit log: a closed list, by which its screen filters; each has its words in
 * ui/panel/settings/audit. None is renamed or taken away: lines that carry it stay for good.
 */
export const auditActions = [
  'mode.changed',
  'emergency-message.saved',
  'user.created',
  'user.changed',
  'user.password-reset',
  'department.created',
  'department.renamed',
  'department.removed',
  'company.changed',
  'company.logo-changed',
  'customer-fields.changed',
  'setup.finished',
  'channel.created',
  'channel.renamed',
  'channel.removed',
  'channel.link-asked',
  'channel.unlinked',
  'channel.restarted',
  'channel.group-set',
  'status.created',
  'status.changed',
  'status.cancelled',
  'status.publish-asked',
  'status.retried',
  'status.removal-asked',
  'statuses.cleared',
  'gateway-token.created',
  'gateway-token.changed',
  'gateway-token.rotated',
  'gateway-token.revoked',
  'gateway-callback.set',
  'gateway-callback.removed',
  'notices.paused',
  'notices.resumed',
  'notices.cancelled',
  'notices.late-decided',
  'notice.cancelled',
  'notice.resent',
  'isp-description.saved',
  'contact.merged',
  'contact.taken-apart',
  'customer.created',
  'customer.changed',
  'customer.cancelled',
  'customer.restored',
  'service.created',
  'service.changed',
  'service.suspended',
  'service.reactivated',
  'service.cancelled',
  'plan.created',
  'plan.changed',
  'invoice.issued',
  'invoice.cancelled',
  'payment.registered',
  'payment.reversed',
  'invoicing.settings-changed',
  'invoicing.confirmed',
  'invoicing.undone',
  'import.confirmed',
  'import.undone',
  'integration.saved',
  'integration.activated',
  'receipt.approved',
  'receipt.rejected',
  'receipt.overruled',
  'receipt.another-asked',
  'receipt.corrected',
  'receipt.put-up',
  'receipt-policy.changed',
  'settlement.resolved',
  'payment-method.created',
  'payment-method.changed',
  'payment-method.removed',
  'payment-platform.saved',
  'payment-platform.address-changed',
  'payment-platform.removed',
  'payment-link.made',
  'statement.imported',
  'statement.undone',
  'model.saved',
  'model.removed',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** What an action is about: the part before its dot. */
type AreaOf<Action> = Action extends `${infer Area}.${string}` ? Area : never;
export type AuditArea = AreaOf<AuditAction>;
export const auditAreas = [...new Set(auditActions.map((action) => action.split('.')[0]))] as AuditArea[];

/** What is known of a subject, to be told as JSON. */
export type Facts = Readonly<Record<string, unknown>>;

/** Names of what must not be read in the log, whatever it holds. */
const secret = /password|secret|token|credential|(^|_|[a-z])(key|hash)$|csrf|pairing/iu;
const MASK = '••••';

/**
 * What the log keeps of a change: the fields that differ, and secrets only as having been there. A subject that is new has no before,
 * one that is gone no after; both are kept whole.
 */
export function auditable(before: Facts | undefined, after: Facts | undefined): { before: Facts | null; after: Facts | null } {
  const differs = (name: string): boolean => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]);
  const kept = (facts: Facts | undefined): Facts | null =>
    facts === undefined ? null : masked(Object.fromEntries(Object.entries(plain(facts)).filter(([name]) => before === undefined || after === undefined || differs(name))));
  return { before: kept(before), after: kept(after) };
}

/** As JSON has it: a moment is its text. */
const plain = (facts: Facts): Facts => JSON.parse(JSON.stringify(facts)) as Facts;

function masked(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, maskedValue(name, value)]));
}

function maskedValue(name: string, value: unknown): unknown {
  if (secret.test(name)) return value === null || value === undefined ? value : MASK;
  if (Array.isArray(value)) return value.map((one: unknown) => maskedValue('', one));
  return typeof value === 'object' && value !== null ? masked(value as Facts) : value;
}
