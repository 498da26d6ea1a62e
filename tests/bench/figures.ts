/** Quantile of measurements by nearest rank; NaN of none. @param share 0.5: the median, 1: the slowest */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

/** p50, p95 and slowest, in milliseconds, on one line. */
export const spread = (values: readonly number[]): string =>
  `p50 ${round(quantile(values, 0.5))} · p95 ${round(quantile(values, 0.95))} · slowest ${round(quantile(values, 1))} ms (${values.length})`;
