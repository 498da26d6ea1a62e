import { WrongUse } from '../command.js';

const COMPANY = /^[a-z0-9][a-z0-9-]{1,39}$/;
const HOST = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/** Exactly these positional arguments. @throws WrongUse naming the one that is missing or too many */
export function exactly<const N extends readonly string[]>(positionals: readonly string[], ...names: N): { [K in keyof N]: string } {
  const missing = names[positionals.length];
  if (missing !== undefined) throw new WrongUse(`Falta ${missing}.`);
  const extra = positionals[names.length];
  if (extra !== undefined) throw new WrongUse(`Sobra el argumento «${extra}».`);
  return positionals as unknown as { [K in keyof N]: string };
}

/** @throws WrongUse when the option was left out or is empty */
export function needed(value: string | undefined, option: string): string {
  const text = value?.trim() ?? '';
  if (text === '') throw new WrongUse(`Falta --${option}.`);
  return text;
}

/** A company's id, which workflow ids and folders are named by. @throws WrongUse */
export function companyId(text: string): string {
  if (!COMPANY.test(text)) throw new WrongUse(`«${text}» no sirve como id: minúsculas, números y guiones, de 2 a 40 caracteres.`);
  return text;
}

/** A host name as it is stored: lower case, without scheme and port. @throws WrongUse */
export function hostName(text: string): string {
  const host = text.toLowerCase();
  if (!HOST.test(host)) throw new WrongUse(`«${text}» no es un nombre de host: va sin https:// y sin puerto, por ejemplo «miinternet.example.com».`);
  return host;
}

/** @throws WrongUse for a zone that this machine does not know */
export function timeZone(text: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return text; // not what Intl would call it: it prefers older names
  } catch {
    throw new WrongUse(`«${text}» no es una zona horaria. Ejemplo: America/Argentina/Buenos_Aires.`);
  }
}
