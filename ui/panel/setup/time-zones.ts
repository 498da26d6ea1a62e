/** Where this product's companies are, first. */
const near = [
  'America/Argentina/Buenos_Aires', 'America/Argentina/Cordoba', 'America/Argentina/Mendoza', 'America/Argentina/Salta',
  'America/Argentina/Tucuman', 'America/Argentina/Ushuaia', 'America/Asuncion', 'America/La_Paz', 'America/Montevideo',
  'America/Santiago', 'America/Sao_Paulo',
] as const;

/** The zones near and all zones that this browser knows; `current` is always among them. */
export function timeZones(current: string, known: readonly string[] = Intl.supportedValuesOf('timeZone')): { near: string[]; others: string[] } {
  const others = new Set([...known, current]);
  for (const zone of near) others.delete(zone);
  return { near: [...near], others: [...others].sort() };
}

/** "Buenos Aires (Argentina)" of "America/Argentina/Buenos_Aires". */
export function zoneName(zone: string): string {
  const [city = zone, ...region] = zone.split('/').reverse().map((part) => part.replaceAll('_', ' '));
  return region.length > 0 ? `${city} (${region.reverse().join(', ')})` : city;
}
