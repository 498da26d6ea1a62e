import { z } from 'zod';

const bytes = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));

/** A payload as protobuf's JSON has it: bytes in base64 (docs.temporal.io, "Remote data encoding"). Temporal adds fields; ours need two. */
const payloadSchema = z.object({ metadata: z.record(z.string(), bytes).default({}), data: bytes.optional() });

export const decodeSchema = z.object({ payloads: z.array(payloadSchema).max(1_000).default([]) }).meta({ id: 'SealedPayloads' });
export type SealedPayloads = z.infer<typeof decodeSchema>;

const text = z.base64();
export const decodedSchema = z
  .object({ payloads: z.array(z.object({ metadata: z.record(z.string(), text), data: text.optional() })) })
  .meta({ id: 'DecodedPayloads' });
export type DecodedPayloads = z.infer<typeof decodedSchema>;

export const enterSchema = z.object({ token: z.string().max(200) });
