import type { EntityManager } from '@mikro-orm/postgresql';
import { e164Digits, phoneCountryOf } from '../../../libs/domain/phone.js';
import { ProblemException } from '../platform/problem.js';

/** Phones as people of the company's country write them → E.164 digits, each once. @throws ProblemException `phone-unreadable` with the first that is none */
export async function readPhones(em: EntityManager, company: string, phones: readonly string[]): Promise<string[]> {
  const [own] = await em.execute<{ locale: string }[]>('select locale from companies where id = ?', [company]);
  const country = phoneCountryOf(own?.locale ?? 'es-AR');
  const digits = phones.map((phone) => {
    const read = e164Digits(phone, country) ?? e164Digits(`+${phone.replace(/\D/gu, '')}`);
    if (read === undefined) throw new ProblemException('phone-unreadable', { detail: `«${phone}» no es un teléfono. Escribilo entero, con código de área.` });
    return read;
  });
  return [...new Set(digits)];
}
