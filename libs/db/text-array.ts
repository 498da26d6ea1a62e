/** Texts as PostgreSQL reads an array from a parameter, whatever stands in them: `?::text[]`, `?::uuid[]`. */
export const textArray = (texts: readonly string[]): string => `{${texts.map((text) => `"${text.replace(/["\\]/gu, '\\$&')}"`).join(',')}}`;
