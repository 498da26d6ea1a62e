import type { Payload, PayloadCodec } from '@temporalio/common';
import type { SerializationContext } from '@temporalio/common/lib/converter/serialization-context.js';
import proto from '@temporalio/proto';
import type { Vault } from '../vault/vault.js';
import { companyOf } from './workflow-ids.js';

const ENCODING = 'binary/encrypted';
const COMPANY = 'hilo-company';
const PLACE = 'temporal-payload';
const { Payload: PayloadMessage } = proto.temporal.api.common.v1;
const utf8 = new TextDecoder();
const bytes = new TextEncoder();

const companyIn = (context: SerializationContext | undefined): string | undefined =>
  context?.workflowId === undefined ? undefined : companyOf(context.workflowId);

/** The company under whose key a payload is sealed, by the name beside it; undefined for what was never sealed. */
export function companyOfPayload({ metadata, data }: Payload): string | undefined {
  const sealed = data && metadata?.['encoding'] && utf8.decode(metadata['encoding']) === ENCODING;
  return sealed && metadata[COMPANY] ? utf8.decode(metadata[COMPANY]) : undefined;
}

/**
 * Encrypts every payload under a key of the company that the workflow belongs to, and names that company beside it, so that it can
 * be opened without asking the workflow. Together with `encodeCommonAttributes` of the failure converter nothing of a payload, an
 * error message or a stack is readable on the server or in its UI.
 */
export class CompanyCodec implements PayloadCodec {
  constructor(private readonly vault: Vault) {}

  /** @throws Error when it is not known whose payload this is */
  async encode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    if (payloads.length === 0) return payloads;
    const company = companyIn(context);
    if (!company) throw new Error('A payload without a workflow cannot be encrypted: whose is it?');
    const box = await this.vault.forCompany(company);
    const metadata = { encoding: bytes.encode(ENCODING), [COMPANY]: bytes.encode(company) };
    return payloads.map((payload) => ({ metadata, data: box.seal(PayloadMessage.encode(payload).finish(), PLACE) }));
  }

  /** Leaves what was never encrypted as it is. @throws Error when the payload is another company's than the workflow */
  async decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    const expected = companyIn(context);
    return Promise.all(payloads.map((payload) => this.decodeOne(payload, expected)));
  }

  private async decodeOne(payload: Payload, expected: string | undefined): Promise<Payload> {
    const company = companyOfPayload(payload);
    if (company === undefined) return payload;
    if (expected && company !== expected) throw new Error("Another company's payload");
    return PayloadMessage.decode((await this.vault.forCompany(company)).open(payload.data!, PLACE));
  }
}
