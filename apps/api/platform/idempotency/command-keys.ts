import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import { forCompany } from '../../../../libs/db/company.js';
import { IdempotencyKey } from '../../../../libs/db/entities/idempotency-key.js';
import type { SignedIn } from '../access/signed-in.js';
import { ProblemException } from '../problem.js';
import { SOURCES, type Sources } from '../sources.js';

/** A client that has not repeated its command by then never will. */
const KEPT_FOR = '1 day';
/** One that has run for this long without an answer died with its process. */
const GIVEN_UP_AFTER = '1 minute';

/** One person's command under their own key. */
export interface KeyedCommand {
  me: Pick<SignedIn, 'company' | 'user'>;
  key: string;
  fingerprint: string;
}

/** What makes two requests the same command: where they go and what they say. */
export const fingerprintOf = (method: string, url: string, body: unknown): string =>
  createHash('sha256').update(JSON.stringify([method, url, body ?? null])).digest('base64url');

/** The key is this caller's from now on, unless it is another's or was answered. */
const RESERVE = `insert into idempotency_keys (company, owner, key, fingerprint) values (?, ?, ?, ?)
  on conflict (company, owner, key) do update set made_at = now()
    where idempotency_keys.answer is null and idempotency_keys.fingerprint = excluded.fingerprint
      and idempotency_keys.made_at < now() - interval '${GIVEN_UP_AFTER}'
  returning key`;

/** Commands that were given under a key, and their answers: sealed, as one may hold a password. */
@Injectable()
export class CommandKeys {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  /**
   * Takes a key for a command that is about to be done.
   * @returns the answer, if the command was done before; undefined when it is this caller's to do
   * @throws ProblemException `idempotency-key-reused` for another command, `request-running` while somebody else does it
   */
  async reserve({ me, key, fingerprint }: KeyedCommand): Promise<{ answer: unknown } | undefined> {
    const row = await forCompany(this.sources.orm, me.company, async (em) => {
      await em.execute(`delete from idempotency_keys where company = ? and made_at < now() - interval '${KEPT_FOR}'`, [me.company]);
      const taken = await em.execute<unknown[]>(RESERVE, [me.company, me.user.id, key, fingerprint]);
      return taken.length > 0 ? undefined : this.#row(em, me, key);
    });
    if (!row) return undefined;
    if (row.fingerprint !== fingerprint) throw new ProblemException('idempotency-key-reused');
    if (!row.answer) throw new ProblemException('request-running');
    const box = await this.sources.vault.forCompany(me.company);
    return { answer: JSON.parse(box.open(row.answer, this.#context(me, key)).toString()) as unknown };
  }

  /** Remembers how the command was answered. */
  async answered({ me, key }: KeyedCommand, answer: unknown): Promise<void> {
    const box = await this.sources.vault.forCompany(me.company);
    const sealed = box.seal(Buffer.from(JSON.stringify(answer ?? null)), this.#context(me, key));
    const { company, user } = me;
    await forCompany(this.sources.orm, company, (em) => em.nativeUpdate(IdempotencyKey, { company, owner: user.id, key }, { answer: sealed }));
  }

  /** Gives the key back: the command was refused, and may be tried again. */
  async refused({ me, key }: KeyedCommand): Promise<void> {
    const { company, user } = me;
    await forCompany(this.sources.orm, company, (em) => em.nativeDelete(IdempotencyKey, { company, owner: user.id, key, answer: null }));
  }

  #row(em: EntityManager, { company, user }: KeyedCommand['me'], key: string): Promise<IdempotencyKey> {
    return em.findOneOrFail(IdempotencyKey, { company, owner: user.id, key });
  }

  #context = ({ user }: KeyedCommand['me'], key: string): string => `command/${user.id}/${key}`;
}
