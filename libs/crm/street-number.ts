/** What follows these words is no house number. */
const inside = /\b(?:piso|depto|dpto|dto|departamento|torre|block|bloque|lote|manzana|mza|mz|casa|local|of|oficina|uf)\b/iu;

/**
 * The house number of a street address, bare digits; none for a street without one.
 * "9 de Julio 2030, 2º B" → 2030: names of streets may begin with a number, so the last one before the details of the building counts.
 */
export function streetNumber(address: string): string | undefined {
  const street = (address.split(',')[0] ?? '').split(inside)[0] ?? '';
  const numbers = [...street.matchAll(/(?<![\p{L}\d])\d{1,5}(?![\p{L}\dº°ª])/gu)];
  const last = numbers.at(-1);
  if (!last || /^\s*(?:de|y)\s/iu.test(street.slice(last.index + last[0].length))) return undefined;
  return last[0];
}
