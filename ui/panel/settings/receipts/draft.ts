import type { ReceiptPolicy, ReceiptSettings, ReceiptText, ReceiptTexts } from '../../../shared/api/receipt-settings-api';
import { amountOf } from '../../customers/amounts';

export interface Draft {
  readonly version: number;
  readonly policy: ReceiptPolicy;
  readonly texts: ReceiptTexts;
}

export const draftOf = ({ version, policy, texts }: ReceiptSettings): Draft => ({ version, policy, texts });

/** Parts of the page, as its bar names what changed. */
export const parts = ['mode', 'accepted', 'limits', 'actions', 'refusal', 'texts'] as const;
export type Part = (typeof parts)[number];

const within = (policy: ReceiptPolicy): Record<Exclude<Part, 'texts'>, unknown> => ({
  mode: [policy.mode, policy.cleanCap, policy.trustedAfter],
  accepted: [[...policy.kinds].sort(), [...policy.files].sort()],
  limits: [policy.maxAgeDays, policy.minConfidence, policy.partial, policy.remindAfterHours],
  actions: [policy.actions, policy.reactivateOnPartial],
  refusal: policy.onRefusal,
});

/** What differs from what is saved, whatever the order of what was ticked. */
export function changedParts(draft: Draft, saved: Draft): Part[] {
  const [now, before] = [within(draft.policy), within(saved.policy)];
  const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
  const names = [...new Set([...Object.keys(draft.texts), ...Object.keys(saved.texts)])] as ReceiptText[];
  return parts.filter((part) => (part === 'texts' ? names.some((name) => draft.texts[name] !== saved.texts[name]) : !same(now[part], before[part])));
}

/** A list with one more or one less. */
export const ticked = <T>(list: readonly T[], one: T, isIn: boolean): T[] => [...list.filter((other) => other !== one), ...(isIn ? [one] : [])];

/** An amount as somebody types it → as a policy keeps it, with two places; undefined: it is none, or has more than nine digits. */
export function capOf(typed: string): string | undefined {
  const found = /^0*(\d{1,9})(?:\.(\d{1,2}))?$/u.exec(amountOf(typed) ?? '');
  return found ? `${found[1]}.${(found[2] ?? '').padEnd(2, '0')}` : undefined;
}
