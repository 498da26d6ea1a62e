import type { ReceiptPolicy, ReceiptSettings, ReceiptText, ReceiptTexts } from '../../../shared/api/receipt-settings-api';

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
  limits: [policy.maxAgeDays, policy.minConfidence, policy.partial],
  actions: policy.actions,
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

/** "50.000" or "1500,5" as somebody types an amount → decimal with two places; undefined: it is none. */
export function typedAmount(typed: string): string | undefined {
  const bare = typed.replace(/[\s$]/gu, '');
  const found = /^(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?$/u.exec(bare) ?? /^(\d+)\.(\d{1,2})$/u.exec(bare);
  if (!found) return undefined;
  const whole = found[1]!.replace(/\./gu, '').replace(/^0+(?=\d)/u, '');
  return whole.length > 9 ? undefined : `${whole}.${(found[2] ?? '').padEnd(2, '0')}`;
}

const sample = { empresa: 'Litoral Fibra', nombre: 'Marta', importe: '$ 24.900,00', factura: '0003-00018842', motivo: 'la fecha es de hace más de 5 días' } as const;

/** How a customer will read it; a name that is no variable stays to be seen. */
export const previewOf = (text: string): string => text.replace(/\{\{\s*([^{}]*?)\s*\}\}/gu, (whole, name: string) => (Object.hasOwn(sample, name) ? sample[name as keyof typeof sample] : whole));

/** Names in a text that are none of the variables. */
export const strangers = (text: string, variables: readonly { readonly name: string }[]): string[] =>
  [...text.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/gu)].map((found) => found[1] ?? '').filter((name) => !variables.some((one) => one.name === name));
