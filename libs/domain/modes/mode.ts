/** What the bot of a company does, chosen by its people (requirements/000, Herramientas). */
export const modes = ['complete', 'gateway-only', 'emergency', 'stopped'] as const;
export type Mode = (typeof modes)[number];

/** Modes in which customers' messages are kept unanswered, and offered to people when the mode ends: nobody who wrote is forgotten. */
export type KeepingMode = Extract<Mode, 'gateway-only' | 'stopped'>;

/** The mode that a company is in, with what the bot needs for it. `version`: of the emergency message, which is never changed in place. */
export type Operation = { mode: Exclude<Mode, 'emergency'> } | { mode: 'emergency'; message: { version: number; text: string } };

/** A customer is told the emergency message this often at most, however much they write. */
export const EMERGENCY_EVERY_MS = 3_600_000;

/** Characters of an emergency message: what a phone shows at one glance. WhatsApp itself would take 65,536. */
export const LONGEST_EMERGENCY_MESSAGE = 1_000;

/** Whether customers' messages wait for people until the mode ends; the system says nothing at all then, not even a place in the queue. */
export const keepsMessages = (mode: Mode): mode is KeepingMode => mode === 'gateway-only' || mode === 'stopped';

/** Whether what the ISP's system asks to be sent (invoices, notices) is taken; else its gateway answers 503 and the system tries again. */
export const takesIspMessages = (mode: Mode): boolean => mode !== 'stopped';

/** Why a mode cannot begin. Customers must never be told an emergency that nobody has put into words. */
export const refusalOf = (mode: Mode, hasMessage: boolean): 'emergency-message-missing' | undefined =>
  mode === 'emergency' && !hasMessage ? 'emergency-message-missing' : undefined;

/** Whether somebody is to be told the emergency message. `toldMs`: when they last were, if ever. */
export const isEmergencyDue = (toldMs: number | undefined, nowMs: number): boolean =>
  toldMs === undefined || nowMs - toldMs >= EMERGENCY_EVERY_MS;
