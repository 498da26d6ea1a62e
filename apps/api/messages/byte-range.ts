/** Part of a file: the first and the last byte, both included. */
export interface ByteRange {
  first: number;
  last: number;
}

/**
 * Pure: what a `Range` header asks of a file of that size (RFC 9110, 14.2). Several ranges, other units and nonsense ask for the whole.
 * @returns 'unsatisfiable' when it asks for what is not there
 */
export function byteRange(header: string | undefined, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  const [, from = '', to = ''] = asked ?? [];
  if (!asked || (from === '' && to === '')) return 'whole';
  if (from === '') return Number(to) === 0 || size === 0 ? 'unsatisfiable' : { first: Math.max(0, size - Number(to)), last: size - 1 };
  const first = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < first) return 'whole';
  return first >= size ? 'unsatisfiable' : { first, last };
}
