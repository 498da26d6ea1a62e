/** Where this product's companies are, first; one of another place keeps its own. */
const locales = ['es-AR', 'es-BO', 'es-CL', 'es-CO', 'es-CR', 'es-DO', 'es-EC', 'es-ES', 'es-GT', 'es-HN', 'es-MX', 'es-NI', 'es-PA', 'es-PE', 'es-PY', 'es-SV', 'es-UY', 'es-VE', 'pt-BR', 'en-US'];
const currencies = ['ARS', 'BOB', 'BRL', 'CLP', 'COP', 'CRC', 'DOP', 'EUR', 'GTQ', 'HNL', 'MXN', 'NIO', 'PAB', 'PEN', 'PYG', 'USD', 'UYU', 'VES'];

export interface Choice {
  readonly value: string;
  readonly words: string;
}

const named = (values: readonly string[], current: string, name: (value: string) => string | undefined): Choice[] =>
  [...new Set([...values, current])].map((value) => ({ value, words: name(value) ?? value })).sort((one, other) => one.words.localeCompare(other.words));

/** "Español (Argentina)": in the reader's language. */
export function localesWith(current: string, language: string): Choice[] {
  const names = new Intl.DisplayNames(language, { type: 'language', languageDisplay: 'standard' });
  return named(locales, current, (tag) => names.of(tag)?.replace(/^./u, (letter) => letter.toLocaleUpperCase(language)));
}

/** "ARS · peso argentino" */
export function currenciesWith(current: string, language: string): Choice[] {
  const names = new Intl.DisplayNames(language, { type: 'currency' });
  return named(currencies, current, (code) => `${code} · ${names.of(code) ?? ''}`);
}
