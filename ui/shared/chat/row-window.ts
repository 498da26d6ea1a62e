/** Which rows of a long chat are drawn: from `start` up to, not including, `end`. */
export interface RowWindow {
  readonly start: number;
  readonly end: number;
}

/** At most this many rows are drawn at once. */
export const windowRows = 160;
/** How many rows the window moves by when its edge comes near. */
export const stepRows = 60;

/** The newest rows. */
export function newestWindow(count: number): RowWindow {
  return { start: Math.max(0, count - windowRows), end: count };
}

export function moveUp({ start, end }: RowWindow): RowWindow {
  const from = Math.max(0, start - stepRows);
  return { start: from, end: Math.min(end, from + windowRows) };
}

export function moveDown({ start, end }: RowWindow, count: number): RowWindow {
  const to = Math.min(count, end + stepRows);
  return { start: Math.max(start, to - windowRows), end: to };
}

/** Rows around one that somebody is led to. */
export function windowAround(index: number, count: number): RowWindow {
  const start = Math.max(0, index - stepRows);
  return { start, end: Math.min(count, start + windowRows) };
}

/**
 * The window over rows that have changed: the same rows as before while the person reads further up, and the newest ones while
 * they are at the end.
 * @param anchor index that the row now has which was the window's first; undefined: it is gone
 */
export function followRows(before: RowWindow, countBefore: number, count: number, anchor: number | undefined): RowWindow {
  if (anchor === undefined) return newestWindow(count);
  const atEnd = before.end >= countBefore;
  const end = atEnd ? count : Math.min(count, anchor + before.end - before.start);
  return { start: atEnd ? Math.max(anchor, end - windowRows * 2) : anchor, end };
}
