import { z } from 'zod';
import { MEDIA_KINDS } from '../media/media-crypto.js';

/** What a person or the owner may write, and where its files come from. */

const shortText = z.string().min(1).max(1_000);
const text = z.string().min(1).max(65_536);
const mimetype = z.string().max(100).regex(/^[\w.+-]+\/[\w.+-]+(?:; ?[\w-]+=[\w.,"-]+)*$/, 'un tipo de archivo, como image/png');

/** A file as base64, or an address from which the simulator fetches it. */
export const file = z
  .strictObject({
    base64: z.base64('base64').min(1).optional(),
    url: z.url({ protocol: /^https?$/, error: 'una dirección http o https' }).optional(),
    mimetype,
    fileName: shortText.max(255).optional(),
    caption: text.optional(),
    voice: z.boolean().optional(),
    seconds: z.number().int().min(0).max(86_400).optional(),
    gif: z.boolean().optional(),
    viewOnce: z.boolean().optional(),
  })
  .refine(({ base64, url }) => (base64 === undefined) !== (url === undefined), 'base64 o url, uno de los dos');
export type FileSource = z.output<typeof file>;

const location = z.strictObject({
  lat: z.number().min(-90).max(90),
  lng: z.number().min(-180).max(180),
  name: shortText.optional(),
  address: shortText.optional(),
});
const contact = z.strictObject({ name: shortText, phones: z.array(z.string().regex(/^[\d+() .-]{3,30}$/, 'un teléfono')).min(1).max(20) });

const files = Object.fromEntries(MEDIA_KINDS.map((kind) => [kind, file.optional()])) as {
  [Kind in (typeof MEDIA_KINDS)[number]]: z.ZodOptional<typeof file>;
};
/** Each of these is a content; a message has exactly one. */
export const contents = { text: text.optional(), ...files, location: location.optional(), contact: contact.optional() };

export const hasOneContent = (message: Record<string, unknown>): boolean =>
  Object.keys(contents).filter((key) => message[key] !== undefined).length === 1;

export const ONE_CONTENT = `exactamente uno de: ${Object.keys(contents).join(', ')}`;
