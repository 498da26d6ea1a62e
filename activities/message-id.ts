import { randomBytes } from 'node:crypto';

/** WhatsApp's own form of an id made by a linked device: `3EB0` and 18 hexadecimal digits. */
export const newWaId = (): string => `3EB0${randomBytes(9).toString('hex').toUpperCase()}`;
