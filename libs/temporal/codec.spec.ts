import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import type { SerializationContext } from '@temporalio/common/lib/converter/serialization-context.js';
import { describe, expect, it } from 'vitest';
import { newCompanyKey, openVault } from '../vault/vault.js';
import { CompanyCodec } from './codec.js';

const masterKey = randomBytes(32);
const keys = { a: newCompanyKey(masterKey, 'a'), b: newCompanyKey(masterKey, 'b') };
const codec = new CompanyCodec(openVault({ masterKey, loadKeys: (id) => Promise.resolve([keys[id as 'a' | 'b']]) }));
const workflow = (id: string): SerializationContext => ({ type: 'workflow', namespace: 'default', workflowId: id });
const payload = (text: string): Payload => defaultPayloadConverter.toPayload({ text })!;
const ofA = workflow('a/conversation/1');

describe('the codec', () => {
  it('gives back what it encrypted, and nothing can be read in between', async () => {
    const sealed = await codec.encode([payload('mi saldo')], ofA);
    expect(Buffer.from(sealed[0]!.data!).includes('saldo')).toBe(false);
    const [opened] = await codec.decode(sealed, ofA);
    expect(defaultPayloadConverter.fromPayload(opened!)).toEqual({ text: 'mi saldo' });
  });

  it('opens a payload without knowing the workflow, as the Temporal UI does', async () => {
    const sealed = await codec.encode([payload('x')], ofA);
    await expect(codec.decode(sealed)).resolves.toHaveLength(1);
  });

  it("refuses another company's payload in a workflow", async () => {
    const sealed = await codec.encode([payload('x')], ofA);
    await expect(codec.decode(sealed, workflow('b/conversation/1'))).rejects.toThrow("Another company's payload");
  });

  it('is not fooled by a payload that names the wrong company', async () => {
    const [sealed] = await codec.encode([payload('x')], ofA);
    const forged = { ...sealed!, metadata: { ...sealed!.metadata, 'hilo-company': new TextEncoder().encode('b') } };
    await expect(codec.decode([forged], workflow('b/conversation/1'))).rejects.toThrow('altered, moved');
  });

  it('refuses to encrypt when nobody knows whose payload it is', async () => {
    await expect(codec.encode([payload('x')])).rejects.toThrow('whose is it');
    await expect(codec.encode([payload('x')], workflow('no-slash'))).rejects.toThrow('without a company');
  });

  it('leaves alone what was never encrypted', async () => {
    const plain = payload('x');
    expect(await codec.decode([plain], ofA)).toEqual([plain]);
  });
});
