/** The order matters: Edge and Opera say "Chrome", Chrome says "Safari", Android says "Linux". */
const browsers = [['Edg', 'Edge'], ['OPR', 'Opera'], ['Firefox', 'Firefox'], ['Chrome', 'Chrome'], ['Safari', 'Safari']] as const;
const systems = [['Android', 'Android'], ['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Windows', 'Windows'], ['Mac OS', 'macOS'], ['Linux', 'Linux']] as const;

/** What people call the browser and the system that a User-Agent header names; undefined: it is none that we know. */
export function deviceOf(userAgent: string | null): { browser: string; system: string } | undefined {
  const browser = browsers.find(([mark]) => userAgent?.includes(`${mark}/`))?.[1];
  const system = systems.find(([mark]) => userAgent?.includes(mark))?.[1];
  return browser && system ? { browser, system } : undefined;
}
