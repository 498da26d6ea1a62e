import { describe, expect, it } from 'vitest';
import { problemsOf } from './check.js';
import { capabilitiesOf, descriptionShape, genericDescription, type GenericDescription } from './description.js';
import { presets } from './presets/presets.js';
import { unknownSystem } from './testing/unknown-system.js';

const changed = (change: (description: GenericDescription) => void): GenericDescription => {
  const description = descriptionShape.parse(structuredClone(unknownSystem));
  change(description);
  return description;
};
const codes = (change: (description: GenericDescription) => void) => problemsOf(changed(change)).map(({ at, code }) => `${at.join('.')}: ${code}`);

describe('a description', () => {
  it('makes sense as a preset, and says what its system can do', () => {
    for (const { description } of Object.values(presets)) expect(genericDescription.safeParse(description).success).toBe(true);
    expect(capabilitiesOf(presets.ispbrain.description)).toEqual(['by-phone', 'by-document', 'profile', 'account', 'invoices', 'connection', 'speed-test', 'invoice-document']);
    expect(capabilitiesOf(presets.wispro.description)).toEqual([]);
    expect(Object.values(presets).some(({ verified }) => verified)).toBe(false);
  });

  it.each<[string, (description: GenericDescription) => void]>([
    ['operations.plans.path: path-start', (one) => { one.operations.plans!.path = 'v2/planes'; }],
    ['operations.plans.path: path-start', (one) => { one.operations.plans!.path = '//evil.example/planes'; }],
    ['operations.plans.path: path-characters', (one) => { one.operations.plans!.path = '/v2\\planes'; }],
    ['operations.plans.path: path-characters', (one) => { one.operations.plans!.path = '/v2/../planes'; }],
    ['operations.plans.path: path-characters', (one) => { one.operations.plans!.path = '/v2/%2e%2E/planes'; }],
    ['operations.plans.path: path-characters', (one) => { one.operations.plans!.path = '/v2/planes?x=1'; }],
    ['operations.plans.path: place-unknown', (one) => { one.operations.plans!.path = '/v2/{{id}}'; }],
    ['operations.profile.path: place-broken', (one) => { one.operations.profile!.path = '/v2/clientes/{{id}'; }],
    ['operations.pay.body.content: json', (one) => { one.operations.pay!.body!.content = '{"a":'; }],
    ['operations.suspend.body.content: form', (one) => { one.operations.suspend!.body!.content = '{"a":{"b":"c"}}'; }],
    ['operations.plans.body: get-body', (one) => { one.operations.plans!.body = { type: 'json', content: '{}' }; }],
    ['operations.plans.headers.Authorization: header-reserved', (one) => { one.operations.plans!.headers = { Authorization: 'x' }; }],
    ['operations.pay: needs-operation', (one) => { delete one.operations.findPayment; }],
    ['operations.connection: needs-operation', (one) => { delete one.operations.profile; }],
    ['map.customer: needs-check', (one) => { delete one.map.customer!['document']; }],
    ['map.invoice: needs-check', (one) => { delete one.map.invoice!['customer']; }],
    ['map.connection: needs-check', (one) => { delete one.map.connection!['service']; }],
    ['map.invoice.dueOn: field-required', (one) => { delete one.map.invoice!['dueOn']; }],
    ['map.plan: map-required', (one) => { delete one.map.plan; }],
    ['map.plan.colour: field-unknown', (one) => { one.map.plan!['colour'] = { from: ['$.a'] }; }],
    ['map.invoice.state: choice-unknown', (one) => { one.map.invoice!['state'] = { from: ['$.a'], values: { lost: ['x'] } }; }],
    ['map.invoice.state: choice-missing', (one) => { one.map.invoice!['state'] = { from: ['$.a'] }; }],
    ['operations.speedTest.poll.task: poll-task', (one) => { delete one.operations.speedTest!.poll!.task; }],
    ['operations.plans.ok: rule-empty', (one) => { one.operations.plans!.ok = {}; }],
    ['auth.name: header-reserved', (one) => { one.auth = { mode: 'header', name: 'Host' }; }],
    ['operations.plans.query.clave: query-is-secret', (one) => { one.auth = { mode: 'query', name: 'clave' }; one.operations.plans!.query = { clave: 'x' }; }],
  ])('is told what is wrong: %s', (problem, change) => {
    expect(codes(change)).toContain(problem);
    expect(genericDescription.safeParse(changed(change)).success).toBe(false);
  });

  it('has no key of its own: whatever its shape does not name is refused', () => {
    for (const extra of [{ secret: 'x' }, { baseUrl: 'https://evil.example' }]) expect(genericDescription.safeParse({ ...structuredClone(unknownSystem), ...extra }).success).toBe(false);
    expect(genericDescription.safeParse({ ...structuredClone(unknownSystem), map: { customer: { id: { from: ['id'] } } } }).success).toBe(false);
    expect(genericDescription.safeParse({ ...structuredClone(unknownSystem), version: 2 }).success).toBe(false);
  });
});
