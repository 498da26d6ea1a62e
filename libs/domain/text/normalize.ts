/** Words that carry no choice: "quiero ver mi saldo" is about "saldo". Spanish, already normalised. */
const fillers = new Set(
  (
    'quiero quisiera queria necesito ver saber conocer consultar consulta consulto averiguar mostrar mostrame dame decime pasame ' +
    'me mi mis te tu tus su sus el la los las lo un una unos unas de del al a en con por para y o u que es son esta ' +
    'favor porfa porfavor please hola holis buenas buenos buen dia dias tarde tardes noche noches gracias ' +
    'opcion numero elijo puede podes podria podrias pasar sobre yo se le'
  ).split(' '),
);

const numberWords = 'cero uno dos tres cuatro cinco seis siete ocho nueve diez'.split(' ');
const ordinals = ['', 'primera', 'segunda', 'tercera', 'cuarta', 'quinta', 'sexta', 'septima', 'octava', 'novena', 'decima'];

/**
 * A text as it is compared: lower case, without accents, emoji or punctuation. Emoji digits become digits:
 * "1️⃣" is the digit with two combining marks, "🔟" a character of its own.
 */
export function normalize(text: string): string {
  return text
    .replaceAll('🔟', '10')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The normalised words of a text. */
export function tokensOf(text: string): string[] {
  const normal = normalize(text);
  return normal === '' ? [] : normal.split(' ');
}

/** The words that are left when politeness and filling words are taken away. */
export function contentTokens(tokens: readonly string[]): string[] {
  return tokens.filter((token) => !fillers.has(token));
}

/** The number a text stands for, when it stands for nothing else: "2", "2️⃣", "opción 2", "la segunda", "dos". */
export function numberIn(text: string): number | undefined {
  const content = contentTokens(tokensOf(text));
  const [only] = content;
  if (only === undefined || content.length > 1) return undefined;
  if (/^\d{1,2}$/u.test(only)) return Number(only);
  const word = Math.max(numberWords.indexOf(only), ordinals.indexOf(only), ordinals.indexOf(only.replace(/o$/u, 'a')));
  return word >= 0 ? word : undefined;
}
