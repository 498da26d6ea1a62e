import { describe, expect, it } from 'vitest';
import { outsideSystems } from '../../../libs/crm/registry.js';
import { apart, settingsFields } from './settings-fields.js';

const kinds = (system: keyof typeof outsideSystems) => Object.fromEntries(settingsFields(outsideSystems[system]!).map(({ name, kind, required }) => [name, required ? kind : `${kind}?`]));

describe('the form of a system', () => {
  it('is made of what its adapter asks for, for every system of this build', () => {
    expect(kinds('mikrowisp')).toEqual({ url: 'url', token: 'secret', ticketDepartment: 'number?', invoiceUrl: 'text?' });
    expect(kinds('ispcube')).toMatchObject({ url: 'url', user: 'text?', password: 'secret', apiKey: 'secret?', clientId: 'text?', login: 'choice?' });
    expect(kinds('wisphub')).toMatchObject({ apiKey: 'secret' });
    expect(kinds('ispbrain')).toMatchObject({ apiKey: 'secret' });
    expect(kinds('generic')).toMatchObject({ secret: 'secret?', description: 'structure' });
  });

  it('asks for nothing that the connection holds itself', () => {
    for (const system of Object.keys(outsideSystems) as (keyof typeof outsideSystems)[]) expect(Object.keys(kinds(system))).not.toEqual(expect.arrayContaining(['tls']));
  });

  it('seals what is secret apart, and drops what it does not know', () => {
    const fields = settingsFields(outsideSystems.mikrowisp!);
    expect(apart(fields, { url: ' https://a.example', token: ' clave ', invoiceUrl: '', otra: 1 })).toEqual({ settings: { url: ' https://a.example' }, secrets: { token: 'clave' } });
    expect(apart(fields, { token: null })).toEqual({ settings: {}, secrets: { token: null } });
  });
});
