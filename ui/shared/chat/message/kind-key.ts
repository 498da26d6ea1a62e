import { es, type TextKey } from '../i18n/es';

/** The key of a kind's name; a kind that this version does not know is named as it calls itself. */
export function kindKey(kind: string | undefined): TextKey {
  const key = `kind.${kind ?? 'text'}`;
  return key in es ? (key as TextKey) : 'kind.other';
}
