import type { PageOf } from '../../shared/list/page-of';

/** The part of a list that the API answered with, as the pager shows it. */
export function pageOfAnswer<T>(items: readonly T[], total: number, { page, size }: { page: number; size: number }): PageOf<T> {
  const first = (page - 1) * size;
  return { items, page, pages: Math.max(1, Math.ceil(total / size)), from: items.length === 0 ? 0 : first + 1, to: first + items.length, total };
}
