export type Language = 'es' | 'en';
export type Values = Readonly<Record<string, string | number>>;

/** Puts values into a text's `{places}`; a place without a value stays visible, so that it is noticed. */
export function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
