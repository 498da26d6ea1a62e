import type { TextKey } from './i18n/es';

/** In the order in which people look for them. */
export const importFields = [
  'name', 'lastName', 'document', 'number', 'phone', 'phone2', 'email', 'address', 'postalCode', 'taxCondition', 'notes', 'plan', 'price', 'downMbps', 'upMbps',
  'serviceNumber', 'serviceAddress', 'serviceStatus', 'installedOn', 'ip', 'onuSerial', 'balance', 'balanceDueOn', 'latitude', 'longitude',
] as const;
export type ImportField = (typeof importFields)[number];

export const fieldName = (field: ImportField): TextKey => `field.${field}`;

const problems = ['missing', 'unreadable', 'plan-unknown', 'two-customers', 'taken', 'twice', 'no-key', 'in-favour', 'not-new', 'too-long'] as const;

export function problemName(code: string): TextKey {
  const known = problems.find((one) => one === code);
  return known ? `row.${known}` : 'row.unreadable';
}
