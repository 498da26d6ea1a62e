import { z } from 'zod';

/** How far a client has been told. Opaque to it; what is no cursor of ours is one that nobody knows. */
export const cursorSchema = z.string().transform((text) => (/^\d{1,15}$/.test(text) ? Number(text) : Number.MAX_SAFE_INTEGER));
