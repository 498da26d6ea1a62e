import type { EntityManager } from '@mikro-orm/postgresql';
import { auditable, type AuditAction, type Facts } from '../domain/audit.js';

/** Who makes a change, as the log remembers them. */
export interface Actor {
  company: string;
  /** Id of the user. */
  id: string;
  name: string;
  /** Id of the request, under which the process's own log knows it. */
  request?: string;
  /** IP address that the request came from. */
  address?: string;
}

/** The same, as columns of what the API accepts for another process to do: the line is written where it is done. */
export interface AskedBy {
  actor: string;
  actor_name: string | null;
  request: string | null;
  address: string | null;
}

export const actorOf = (company: string, { actor: id, actor_name, request, address }: AskedBy): Actor =>
  ({ company, id, name: actor_name ?? '', ...(request === null ? {} : { request }), ...(address === null ? {} : { address }) });

export interface AuditedChange {
  action: AuditAction;
  /** Id of what was changed. */
  subject: string;
  /** What was known of it; absent: it is new. */
  before?: Facts;
  /** What is known of it now; absent: it is gone. */
  after?: Facts;
}

/**
 * Writes who changed what into the audit log, in the caller's transaction: a change without its line is not committed, nor a line without
 * its change. Of before and after only what differs is kept, secrets masked by their names (libs/domain/audit.ts).
 * @param em of `forCompany`
 */
export async function writeAudit(em: EntityManager, by: Actor, { action, subject, before, after }: AuditedChange): Promise<void> {
  const facts = auditable(before, after);
  await em.execute(
    `insert into audit_log (company, actor, actor_name, action, subject, before, after, request, address)
      values (?, ?::uuid, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?)`,
    [by.company, by.id, by.name, action, subject, json(facts.before), json(facts.after), by.request ?? null, by.address ?? null],
  );
}

const json = (facts: Facts | null): string | null => (facts === null ? null : JSON.stringify(facts));
