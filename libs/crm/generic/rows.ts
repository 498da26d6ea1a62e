import type { Field, GenericDescription } from './description.js';
import { entitySpec, type Entity, type FieldKind, type FieldOf } from './operations.js';
import { firstField } from './path.js';
import { amountOf, choiceOf, dateOf, instantOf, joinedOf, numberOf, rowsOf, textOf, textsOf, type Read, type ValueProblem } from './values.js';

/** Why a field of an answer could not be read, and where. */
export interface MappingProblem {
  entity: Entity;
  field: string;
  from: string[];
  /** Of a list, from 0. */
  row?: number;
  problem: ValueProblem;
  /** What was there instead. Somebody's data: for the person who describes the system, never for a log. */
  said?: string;
  /** The answer cannot be used without it. */
  fatal: boolean;
}

/** A row's fields in our own types; a field that is not described or not there is undefined. */
export interface MappedRow<E extends Entity> {
  text(field: FieldOf<E>): string | undefined;
  number(field: FieldOf<E>): number | undefined;
  texts(field: FieldOf<E>): string[];
  rows(field: FieldOf<E>): unknown[];
}

const readers: Record<FieldKind, (field: Field, row: unknown) => Read<unknown>> = {
  text: textOf, joined: joinedOf, texts: textsOf, amount: amountOf, number: numberOf, date: dateOf, instant: instantOf, choice: choiceOf, rows: rowsOf,
};

/** Reads a row by the description's map and says what could not be read. Never throws. */
export function readRow<E extends Entity>(
  { map }: Pick<GenericDescription, 'map'>, entity: E, row: unknown, at?: number,
): { row: MappedRow<E>; problems: MappingProblem[] } {
  const values = new Map<string, unknown>();
  const problems: MappingProblem[] = [];
  const described: Record<string, Field> = map[entity] ?? {};
  for (const [name, spec] of Object.entries(entitySpec(entity))) {
    const field = Object.hasOwn(described, name) ? described[name] : undefined;
    if (field === undefined) continue;
    const read = readers[spec.kind](field, row);
    if (read.ok) values.set(name, read.value);
    else if (read.problem !== 'missing' || spec.required) {
      problems.push({
        entity, field: name, from: field.from, problem: read.problem, fatal: spec.required === true,
        ...(at === undefined ? {} : { row: at }), ...(read.said === undefined ? {} : { said: read.said }),
      });
    }
  }
  return {
    row: {
      text: (name) => values.get(name) as string | undefined,
      number: (name) => values.get(name) as number | undefined,
      texts: (name) => (values.get(name) as string[] | undefined) ?? [],
      rows: (name) => (values.get(name) as unknown[] | undefined) ?? [],
    },
    problems,
  };
}

/** Names of a row's fields that the description makes nothing of: for whoever looks after it. Names only. */
export function unmappedOf({ map }: Pick<GenericDescription, 'map'>, entity: Entity, row: unknown): string[] {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return [];
  const entitiesOfRow: Entity[] = entity === 'customer' && map.customer?.['services'] === undefined ? ['customer', 'service'] : [entity];
  const used = new Set(entitiesOfRow.flatMap((one) => Object.values(map[one] ?? {})).flatMap(({ from }) => from.flatMap((path) => firstField(path) ?? [])));
  return Object.keys(row).filter((name) => !used.has(name)).map((name) => name.slice(0, 60)).slice(0, 50);
}
