import { phoneCountryOf } from '../../domain/phone.js';
import type { CrmDeps } from '../crm-deps.js';
import { CrmFailure } from '../wire/crm-failure.js';
import { customerOf, type GenericCustomer, type Mapped } from './customers.js';
import { run, type Opened } from './exchange.js';
import { operationSpec, type OperationName } from './operations.js';
import { readPath } from './path.js';
import { unmappedOf } from './rows.js';
import { CannotFill, type TemplateValues } from './template.js';
import type { RawAnswer, Verdict } from './verdict.js';

/** An open system with what reading its answers takes. */
export interface Asked extends Opened {
  deps: CrmDeps;
}

/** No such thing in the system. */
export class NotThere extends Error {
  override readonly name = 'NotThere';
}

/** The rows of an answer: at the operation's path, or the whole; a single object counts as one row. @throws CrmFailure bad-response */
export function rowsIn(list: string | undefined, json: unknown): unknown[] {
  const all = readPath(list ?? '$', json);
  if (list?.includes('[*]')) return all;
  const [found] = all;
  if (Array.isArray(found)) return found as unknown[];
  if (found === null) return [];
  if (typeof found !== 'object') throw new CrmFailure('bad-response');
  return [found];
}

/**
 * The rows that a described operation answers with.
 * @throws NotThere, CrmFailure; a refusal of a mere question is `bad-response`
 */
export async function askRows(system: Asked, name: OperationName, values: TemplateValues, signal: AbortSignal): Promise<unknown[]> {
  const { verdict } = await askOnce(system, name, values, signal);
  const json = jsonOf(verdict);
  const rows = rowsIn(system.description.operations[name]?.list, json);
  report(system, name, rows);
  return rows;
}

export async function askOnce(system: Asked, name: OperationName, values: TemplateValues, signal: AbortSignal): Promise<{ verdict: Verdict; raw?: RawAnswer }> {
  try {
    return await run(system, name, values, signal);
  } catch (problem) {
    if (problem instanceof CannotFill) throw new NotThere(); // an id that cannot stand in an address names nothing
    throw problem;
  }
}

function jsonOf(verdict: Verdict): unknown {
  if (verdict.kind === 'not-found') throw new NotThere();
  if (verdict.kind === 'fault') throw new CrmFailure(verdict.fault);
  if (verdict.kind === 'rejected' || verdict.json === undefined) throw new CrmFailure('bad-response');
  return verdict.json;
}

function report({ description, deps }: Asked, name: OperationName, rows: readonly unknown[]): void {
  const fields = new Set(rows.slice(0, 20).flatMap((row) => unmappedOf(description, operationSpec(name).entity, row)));
  if (fields.size > 0) deps.report?.({ operation: name, fields: [...fields] });
}

/** What can be used of something that must be readable. @throws CrmFailure bad-response */
export function readable<T>({ value }: Mapped<T>): T {
  if (value === undefined) throw new CrmFailure('bad-response');
  return value;
}

export const contextOf = ({ deps }: Asked) => ({ country: phoneCountryOf(deps.defaultCountry), currency: deps.currency });

/** The customer with this id, and no other one that the system may answer with. @throws NotThere, CrmFailure */
export async function customerById(system: Asked, id: string, signal: AbortSignal): Promise<GenericCustomer> {
  const rows = await askRows(system, 'profile', { id }, signal);
  const read = rows.map((row) => customerOf(system.description, row, contextOf(system)));
  const found = read.find(({ value }) => value?.profile.id === id)?.value;
  if (found) return found;
  if (read.some(({ value }) => value === undefined)) throw new CrmFailure('bad-response');
  throw new NotThere();
}

/** A customer's service; absent: the customer is asked for as a whole. @throws NotThere for a service that is another customer's */
export async function serviceOfCustomer(system: Asked, id: string, service: string, signal: AbortSignal): Promise<GenericCustomer> {
  const customer = await customerById(system, id, signal);
  if (!customer.profile.services.some((one) => one.id === service)) throw new NotThere();
  return customer;
}
