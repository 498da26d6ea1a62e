import type { ConnectionChange, Integration, SystemField } from '../../shared/api/integrations-api';

/** What is in the form of a connection; a secret that is null stays as it is saved. */
export interface ConnectionDraft {
  values: Record<string, string>;
  secrets: Record<string, string | null>;
  tls: 'system' | 'pinned' | 'insecure';
  pem: string;
  seconds: string;
  perSecond: string;
  atOnce: string;
  budgetDay: string;
  budgetMonth: string;
  monthStartsOn: string;
}

export const lineNumbers = {
  seconds: { least: 1, most: 60 }, perSecond: { least: 1, most: 50 }, atOnce: { least: 1, most: 20 }, monthStartsOn: { least: 1, most: 28 },
  budgetDay: { least: 1, most: 10_000_000 }, budgetMonth: { least: 1, most: 100_000_000 },
} as const;
export type LineNumber = keyof typeof lineNumbers;
/** May be left empty: no limit. */
export const optionalNumbers: ReadonlySet<LineNumber> = new Set(['budgetDay', 'budgetMonth']);

const defaults = { limitMs: 10_000, perSecond: 2, atOnce: 4, budgetDay: null, budgetMonth: null, monthStartsOn: 1, tls: { mode: 'system' as const } };

export const typedFields = (fields: readonly SystemField[]): SystemField[] => fields.filter(({ kind }) => kind !== 'structure' && kind !== 'secret');
export const secretFields = (fields: readonly SystemField[]): SystemField[] => fields.filter(({ kind }) => kind === 'secret');

const scalar = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '');

/** What is saved of a system, as its form begins with it. */
export function draftOf({ fields, connection }: Pick<Integration, 'fields' | 'connection'>): ConnectionDraft {
  const line = connection ?? defaults;
  const saved: Readonly<Record<string, unknown>> = connection?.settings ?? {};
  return {
    values: Object.fromEntries(typedFields(fields).map(({ name, default: byDefault }) => [name, scalar(saved[name] ?? byDefault)])),
    secrets: Object.fromEntries(secretFields(fields).map(({ name }) => [name, null])),
    tls: line.tls.mode, pem: line.tls.mode === 'pinned' ? (line.tls as { pem: string }).pem : '',
    seconds: String(line.limitMs / 1_000), perSecond: String(line.perSecond), atOnce: String(line.atOnce),
    budgetDay: scalar(line.budgetDay), budgetMonth: scalar(line.budgetMonth), monthStartsOn: String(line.monthStartsOn),
  };
}

function typed({ kind }: SystemField, value: string): unknown {
  if (value.trim() === '') return undefined;
  if (kind === 'number') return Number(value);
  return kind === 'switch' ? value === 'true' : value.trim();
}

/** What is typed, as the API takes it; what is described elsewhere goes along as it is saved. */
export function changeOf({ fields, connection }: Pick<Integration, 'fields' | 'connection'>, draft: ConnectionDraft): Omit<ConnectionChange, 'system'> {
  const described = fields.filter(({ kind }) => kind === 'structure').map(({ name }) => [name, connection?.settings[name]] as const);
  const values = typedFields(fields).map((field) => [field.name, typed(field, draft.values[field.name] ?? '')] as const);
  const secrets = Object.entries(draft.secrets).filter(([, secret]) => secret !== null && secret.trim() !== '');
  const whole = (text: string): number | null => (text.trim() === '' ? null : Number(text));
  return {
    settings: Object.fromEntries([...described, ...values, ...secrets].filter(([, value]) => value !== undefined)),
    tls: draft.tls === 'pinned' ? { mode: 'pinned', pem: draft.pem.trim() } : { mode: draft.tls },
    limitMs: Number(draft.seconds) * 1_000, perSecond: Number(draft.perSecond), atOnce: Number(draft.atOnce),
    budgetDay: whole(draft.budgetDay), budgetMonth: whole(draft.budgetMonth), monthStartsOn: Number(draft.monthStartsOn),
  } as Omit<ConnectionChange, 'system'>;
}

/** Names of what differs: fields of the system by their name, the others by their key. */
export function changedIn(draft: ConnectionDraft, saved: ConnectionDraft): string[] {
  const values = Object.keys(draft.values).filter((name) => draft.values[name]!.trim() !== (saved.values[name] ?? '').trim());
  const secrets = Object.keys(draft.secrets).filter((name) => draft.secrets[name] !== null);
  const line = (['tls', 'pem', 'seconds', 'perSecond', 'atOnce', 'budgetDay', 'budgetMonth', 'monthStartsOn'] as const).filter((key) => draft[key].trim() !== saved[key].trim());
  return [...values, ...secrets, ...line];
}
