const kinds = { plan: 1, customer: 2, service: 3, invoice: 4 } as const;

/** A UUID (of version 4's shape) that is the same at each seeding, and that people can tell: the kind and a number. */
export function idOf(kind: keyof typeof kinds, number: number): string {
  return `de300000-0000-4000-8${String(kinds[kind]).padStart(3, '0')}-${String(number).padStart(12, '0')}`;
}
