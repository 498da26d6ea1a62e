import { z } from 'zod';

/**
 * What a phone needs to be linked: the QR's text, renewed by the network about every 20 s, or the code to be typed on the phone.
 * Whoever has it can link the number to their own machine, so it lies sealed in `channels.pairing` until `pairing_until`.
 */
export const pairingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('qr'), text: z.string().min(1) }),
  z.object({ kind: z.literal('code'), code: z.string().min(1) }),
]);

export type Pairing = z.infer<typeof pairingSchema>;

/** The place that a sealed pairing is bound to: it opens for no other channel. */
export const pairingContext = (channel: string): string => `channel-pairing/${channel}`;

/** As it is before sealing: JSON. */
export const pairingText = (pairing: Pairing): string => JSON.stringify(pairing);

/** @throws ZodError or SyntaxError for what `pairingText` did not write */
export const readPairing = (text: string): Pairing => pairingSchema.parse(JSON.parse(text));
