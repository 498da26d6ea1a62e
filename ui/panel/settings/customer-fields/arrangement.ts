import type { CustomerField, CustomerFields, CustomerGroup, CustomerGroupName } from '../../../shared/api/settings-api';

/** A group as it is arranged: all of its facts in order, those that are shown first of all as the company ordered them. */
export interface ArrangedGroup {
  readonly group: CustomerGroupName;
  readonly fields: readonly { readonly field: CustomerField; readonly shown: boolean }[];
}

export function arrangementOf({ layout, all }: CustomerFields): readonly ArrangedGroup[] {
  return layout.map(({ group, fields }) => {
    const hidden = all.find((one) => one.group === group)?.fields.filter((field) => !fields.includes(field)) ?? [];
    return { group, fields: [...fields.map((field) => ({ field, shown: true })), ...hidden.map((field) => ({ field, shown: false }))] };
  });
}

export const layoutOf = (arrangement: readonly ArrangedGroup[]): CustomerGroup[] =>
  arrangement.map(({ group, fields }) => ({ group, fields: fields.filter(({ shown }) => shown).map(({ field }) => field) }));

/** A list with one of its items elsewhere; as it is where that is no place. */
export function moved<T>(items: readonly T[], from: number, to: number): readonly T[] {
  if (to < 0 || to >= items.length || from === to) return items;
  const rest = items.filter((_, index) => index !== from);
  return [...rest.slice(0, to), items[from]!, ...rest.slice(to)];
}

/** Which groups differ from what is saved, and whether their order does. */
export function changesOf(layout: readonly CustomerGroup[], saved: readonly CustomerGroup[]): { readonly order: boolean; readonly groups: readonly CustomerGroupName[] } {
  const order = layout.some(({ group }, i) => saved[i]?.group !== group);
  const groups = layout.filter(({ group, fields }) => saved.find((one) => one.group === group)?.fields.join() !== fields.join()).map(({ group }) => group);
  return { order, groups };
}
