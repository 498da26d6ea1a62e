import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** argon2id is the package's default algorithm. Cost: OWASP Password Storage Cheat Sheet, 19 MiB and two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Without letters and digits that are read for others when somebody dictates them: no i, l, o, 0, 1. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUP = 4;
const GROUPS = 3;

/** A salted hash that a copy of the table does not turn back into the password. */
export const hashPassword = (password: string): Promise<string> => hash(password, COST);

let nobodysHash: Promise<string> | undefined;

/**
 * Whether the password is the one that was hashed. Without a hash it takes as long and says no: how long a refusal takes must not
 * tell whether the account exists.
 */
export async function verifyPassword(hashed: string | undefined, password: string): Promise<boolean> {
  nobodysHash ??= hashPassword('nobody has this account');
  const matches = await verify(hashed ?? (await nobodysHash), password);
  return hashed !== undefined && matches;
}

/** A password to hand over once, as `k7mq-2xvn-hd4t`: 59 bits, good until its owner changes it. */
export function temporaryPassword(): string {
  const group = () => Array.from({ length: GROUP }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}
