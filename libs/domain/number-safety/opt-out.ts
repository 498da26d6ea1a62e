import { normalize } from '../text/normalize.js';

/** What people write who want no more messages that they did not ask for; as they are compared, without accents and case. */
const words: ReadonlySet<string> = new Set(['baja', 'stop', 'no molestar', 'dar de baja', 'darme de baja', 'baja por favor', 'unsubscribe']);

/**
 * Pure: whether a message asks for no more notices and campaigns. Only a message that is nothing else: "quiero dar de baja el
 * servicio" is for a person.
 */
export const isOptOut = (text: string): boolean => words.has(normalize(text));
