import fc from 'fast-check';
import { expect, test } from 'vitest';
import { completeLayout, customerFieldGroups, defaultCustomerLayout, shownFields, type CustomerField, type CustomerFieldGroup } from './customer-fields.js';

const groups = Object.keys(customerFieldGroups) as CustomerFieldGroup[];

test('a company that never chose sees every group, and its rare facts in none', () => {
  expect(defaultCustomerLayout.map(({ group }) => group)).toEqual(groups);
  expect(shownFields(defaultCustomerLayout)).toContain('balance');
  expect(shownFields(defaultCustomerLayout)).not.toContain('ip');
  expect(completeLayout(defaultCustomerLayout)).toEqual(defaultCustomerLayout);
});

test.each<[string, { group: string; fields: string[] }[], { group: string; fields: string[] }]>([
  ['the order is the company’s', [{ group: 'service', fields: ['ip', 'plan'] }], { group: 'service', fields: ['ip', 'plan'] }],
  ['a group may be empty', [{ group: 'invoices', fields: [] }], { group: 'invoices', fields: [] }],
  ['the name comes back', [{ group: 'customer', fields: ['document'] }], { group: 'customer', fields: ['name', 'document'] }],
  ['the name may stand elsewhere', [{ group: 'customer', fields: ['document', 'name'] }], { group: 'customer', fields: ['document', 'name'] }],
  ['another group’s and unknown facts fall out', [{ group: 'account', fields: ['ip', 'password', 'balance', 'balance'] }], { group: 'account', fields: ['balance'] }],
  ['a group said twice is the last', [{ group: 'account', fields: ['balance'] }, { group: 'account', fields: ['due-on'] }], { group: 'account', fields: ['due-on'] }],
  ['no group of ours', [{ group: 'toString', fields: ['balance'] }], defaultCustomerLayout[0]!],
])('%s', (_, layout, first) => expect(completeLayout(layout)[0]).toEqual(first));

test('whatever is stored, each group is there once with its own facts, the name is shown, and completing again changes nothing', () => {
  const word = fc.oneof(fc.constantFrom<string>(...groups, ...Object.values(customerFieldGroups).flat()), fc.string());
  fc.assert(fc.property(fc.array(fc.record({ group: word, fields: fc.array(word) })), (layout) => {
    const complete = completeLayout(layout);
    expect(complete.map(({ group }) => group).sort()).toEqual([...groups].sort());
    for (const { group, fields } of complete) {
      expect(new Set(fields).size).toBe(fields.length);
      expect(fields.every((field) => (customerFieldGroups[group] as readonly CustomerField[]).includes(field))).toBe(true);
    }
    expect(shownFields(complete)).toContain('name');
    expect(completeLayout(complete)).toEqual(complete);
  }));
});
