/** What of a customer an agent sees beside the chat (Info Cliente): which facts, in which order, in which groups. */

/** The facts by their group, both in the order in which a company begins. A fact stays in its group. */
export const customerFieldGroups = {
  customer: ['name', 'number', 'document', 'status'],
  contact: ['phones', 'email', 'address'],
  service: ['plan', 'service-address', 'service-number', 'price', 'installed-on', 'ip', 'onu-serial'],
  account: ['balance', 'due-on'],
  connection: ['connection', 'signal'],
  invoices: ['invoices'],
  tickets: ['earlier-tickets'],
} as const;

export type CustomerFieldGroup = keyof typeof customerFieldGroups;
export type CustomerField = (typeof customerFieldGroups)[CustomerFieldGroup][number];

/** Without these nobody could tell whom they look at: they are always shown. */
export const fixedCustomerFields: readonly CustomerField[] = ['name'];

export interface CustomerGroupLayout {
  group: CustomerFieldGroup;
  /** Those that are shown, in order. A group without any is not shown. */
  fields: CustomerField[];
}
/** Every group once, in order. */
export type CustomerLayout = CustomerGroupLayout[];

const groups = Object.keys(customerFieldGroups) as CustomerFieldGroup[];

/** Rarely asked for, so a company that never chose does not see it. */
const hiddenAtFirst: ReadonlySet<CustomerField> = new Set(['installed-on', 'ip', 'onu-serial']);

/** What a company sees that never chose. */
export const defaultCustomerLayout: CustomerLayout = groups.map((group) => ({
  group, fields: customerFieldGroups[group].filter((field) => !hiddenAtFirst.has(field)),
}));

/**
 * Pure: a layout as it can be shown, of whatever is stored or sent: each group once, each of its own facts at most once, what is fixed first where it lacks.
 * A group that a later release adds comes last as it begins there; a fact that it adds to a known group stays hidden until somebody chooses it.
 */
export function completeLayout(layout: readonly { group: string; fields: readonly string[] }[]): CustomerLayout {
  const named = [...new Map(layout.filter(({ group }) => isGroup(group)).map((one) => [one.group, one])).values()];
  const known = named.map(({ group, fields }) => ({ group: group as CustomerFieldGroup, fields: fieldsOf(group as CustomerFieldGroup, fields) }));
  return [...known, ...defaultCustomerLayout.filter(({ group }) => !known.some((one) => one.group === group))];
}

function fieldsOf(group: CustomerFieldGroup, fields: readonly string[]): CustomerField[] {
  const own: readonly CustomerField[] = customerFieldGroups[group];
  const shown = [...new Set(fields)].filter((field): field is CustomerField => own.includes(field as CustomerField));
  return [...fixedCustomerFields.filter((field) => own.includes(field) && !shown.includes(field)), ...shown];
}

const isGroup = (name: string): boolean => Object.hasOwn(customerFieldGroups, name);

/** Pure: the facts that are shown at all: what is in none of these needs not be asked for. */
export const shownFields = (layout: CustomerLayout): ReadonlySet<CustomerField> => new Set(layout.flatMap(({ fields }) => fields));
