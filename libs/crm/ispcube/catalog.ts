import type { CrmDeps } from '../crm-deps.js';
import { readRow } from '../wire/lenient.js';
import { catalogRow, entityRow, ignored, rowsIn } from './rows.js';
import type { IspcubeSession } from './session.js';

const DAY_MS = 24 * 3_600_000;

export interface Named {
  id: string;
  name?: string;
}

/** ISPCube's lists that hardly change, each asked for once a day: its requests are metered. */
export interface IspcubeCatalog {
  plans(signal: AbortSignal): Promise<ReadonlyMap<string, string>>;
  /** Where money can be booked to. */
  entities(signal: AbortSignal): Promise<(Named & { isDefault: boolean })[]>;
  ticketCategories(signal: AbortSignal): Promise<Named[]>;
  /** Whether this installation tells who is online: it does where it has a Radius server. */
  hasRadius(signal: AbortSignal): Promise<boolean>;
}

export function ispcubeCatalog({ call }: IspcubeSession, deps: CrmDeps): IspcubeCatalog {
  const kept = new Map<string, { value: unknown; until: number }>();
  const daily = async <T>(path: string, signal: AbortSignal, read: (body: unknown) => T): Promise<T> => {
    const known = kept.get(path);
    if (known && known.until > deps.now()) return known.value as T;
    const value = read(await call({ path, signal }));
    kept.set(path, { value, until: deps.now() + DAY_MS });
    return value;
  };
  const named = (path: string) => (body: unknown): Named[] => rowsIn(body).map((row) => readRow(deps, path, catalogRow, row, ignored));
  const receiving = (body: unknown) => rowsIn(body).map((row) => readRow(deps, '/cash/entities_list', entityRow, row, ignored))
    .filter(({ enabled, receive }) => enabled && receive)
    .map(({ id, name, selected_default: isDefault }) => ({ id, ...(name === undefined ? {} : { name }), isDefault }));
  return {
    plans: async (signal) => new Map((await daily('/plans/plans_list', signal, named('/plans/plans_list'))).map(({ id, name = '' }) => [id, name])),
    entities: (signal) => daily('/cash/entities_list', signal, receiving),
    ticketCategories: (signal) => daily('/tickets/category_list', signal, named('/tickets/category_list')),
    hasRadius: (signal) => daily('/radius/lost_carrier_users/1', signal, (body) => body !== undefined),
  };
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** The one with a name, whatever its capitals and accents. */
export const byName = <T extends Named>(all: readonly T[], name: string | undefined): T | undefined => (
  name === undefined ? undefined : all.find((one) => plain(one.name ?? '') === plain(name)));
