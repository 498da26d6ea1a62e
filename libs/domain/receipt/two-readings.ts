/** A value with how sure its reader is, 0 to 1. */
export interface Weighed<T> {
  value: T;
  confidence: number;
}

/** Two who read alone and say the same are hardly both wrong; nobody is certain. */
const MOST = 0.99;
/** What a model says and its own transcript says otherwise. */
const CONTRADICTED = 0.3;
/** What its transcript does not have at all. */
const INVENTED = 0.4;
/** What its transcript has, but no rule tells what it is there. */
const SEEN = 0.7;

/** What a transcript says of a model's value, by the rules: the same, something else, or nothing, with the value somewhere in it or not. */
export type Grounds = 'same' | 'other' | 'seen' | 'absent';

const limitOf: Record<Grounds, number> = { same: 1, other: CONTRADICTED, seen: SEEN, absent: INVENTED };

/** A model's value counts as much as its own transcript bears it out. */
export const grounded = <T>({ value, confidence }: Weighed<T>, grounds: Grounds): Weighed<T> => ({ value, confidence: Math.min(confidence, limitOf[grounds]) });

/** So little that no policy counts it as read. */
export const doubted = (minConfidence: number): number => minConfidence / 2;

/**
 * One value of two readings. Agreement is surer than either; what they read differently counts as not read, whoever was surer, and shows what the
 * surer one read; what only one of them has is as sure as its reader.
 */
export function oneOf<T>(rules: Weighed<T> | undefined, model: Weighed<T> | undefined, same: (one: T, other: T) => boolean, minConfidence: number): Weighed<T> | undefined {
  if (!rules || !model) return rules ?? model;
  const value = (model.confidence > rules.confidence ? model : rules).value;
  if (!same(rules.value, model.value)) return { value, confidence: Math.min(rules.confidence, model.confidence, doubted(minConfidence)) };
  const together = 1 - (1 - rules.confidence) * (1 - model.confidence);
  return { value, confidence: Math.max(rules.confidence, Math.min(MOST, together)) };
}
