export const pageSizes = [10, 20, 50, 100] as const;

/** Which part of a list is shown. */
export interface PageOf<T> {
  readonly items: readonly T[];
  /** From 1; never past the last page, whatever was asked for. */
  readonly page: number;
  readonly pages: number;
  /** Of the first and the last item shown, from 1; both 0 when there are none. */
  readonly from: number;
  readonly to: number;
  readonly total: number;
}

export function pageOf<T>(all: readonly T[], wanted: number, size: number): PageOf<T> {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const page = Math.min(pages, Math.max(1, Math.floor(wanted) || 1));
  const items = all.slice((page - 1) * size, page * size);
  return { items, page, pages, from: items.length === 0 ? 0 : (page - 1) * size + 1, to: (page - 1) * size + items.length, total: all.length };
}
