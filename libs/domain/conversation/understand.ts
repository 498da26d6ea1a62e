import type { Flow } from '../flow/flow.js';
import { contentTokens, normalize, numberIn, tokensOf } from '../text/normalize.js';
import { sameWord } from '../text/similarity.js';

/** Something a customer can choose by words; shortcuts have no label. */
export interface Choice {
  label?: string;
  keywords?: readonly string[];
}

export type Command = 'back' | 'start';

const commandFillers = new Set(['volver', 'ir', 'principal', 'atras', 'regresar', 'opciones', 'chat', 'bot']);

/** `0`, "volver", "menú", "inicio" …: a message that says nothing but that. */
export function commandIn(text: string, words: Flow['words']): Command | undefined {
  const normal = normalize(text);
  if (words.start.some((word) => normalize(word) === normal)) return 'start';
  if (words.back.some((word) => normalize(word) === normal)) return 'back';
  const content = contentTokens(tokensOf(text));
  if (content.length === 0 || content.length > 3) return undefined;
  const starts = words.start.map(normalize);
  const backs = words.back.map(normalize);
  const isStart = content.some((token) => starts.some((word) => sameWord(word, token)));
  const rest = content.filter((token) => !starts.some((word) => sameWord(word, token)) && !backs.includes(token));
  if (isStart && rest.every((token) => commandFillers.has(token))) return 'start';
  return !isStart && content.length === 1 && backs.includes(content[0]!) ? 'back' : undefined;
}

/** The option that a bare number names: 1 is the first. */
export function numberedChoice(text: string, count: number): number | undefined {
  const number = numberIn(text);
  return number !== undefined && number >= 1 && number <= count ? number - 1 : undefined;
}

/**
 * The choices that a sentence names: those of which it says the most. Accents and case do not matter, small slips neither.
 * More than one is as good as none, unless they lead to the same.
 */
export function wordedChoices(text: string, choices: readonly Choice[]): number[] {
  const tokens = tokensOf(text);
  const scores = choices.map((choice) => scoreOf(tokens, choice));
  const best = Math.max(0, ...scores);
  return best === 0 ? [] : scores.flatMap((score, index) => (score === best ? [index] : []));
}

/** "hola", "buenas tardes", "hola, ¿cómo andan?" */
export function isGreeting(text: string, words: Flow['words']): boolean {
  return opensWith(text, words.greetings, 5);
}

/** "gracias", "mil gracias por la ayuda" */
export function isThanks(text: string, words: Flow['words']): boolean {
  const tokens = tokensOf(text);
  return tokens.length <= 6 && words.thanks.some((phrase) => positionOf(tokensOf(phrase), tokens) >= 0);
}

/** Whether a text is exactly something that a flow offers; repeating it is a person's right. */
export function isOffered(text: string, flow: Flow): boolean {
  const normal = normalize(text);
  const equals = (word: string): boolean => normalize(word) === normal;
  if (flow.words.back.some(equals) || flow.words.start.some(equals)) return true;
  if (flow.shortcuts.some((shortcut) => shortcut.keywords.some(equals))) return true;
  return Object.values(flow.nodes).some(
    (node) =>
      node.type === 'menu' && node.options.some((option) => equals(option.label) || (option.keywords ?? []).some(equals)),
  );
}

function opensWith(text: string, phrases: readonly string[], longest: number): boolean {
  const tokens = tokensOf(text);
  return tokens.length <= longest && phrases.some((phrase) => positionOf(tokensOf(phrase), tokens) === 0);
}

const exactly = 1_000_000;

function scoreOf(tokens: readonly string[], choice: Choice): number {
  const phrases = [...(choice.keywords ?? []), ...(choice.label === undefined ? [] : [choice.label])].map(tokensOf);
  const best = Math.max(0, ...phrases.map((phrase) => phraseScore(tokens, phrase)));
  return Math.max(best, choice.label === undefined ? 0 : labelScore(tokens, tokensOf(choice.label)));
}

/** The letters of a phrase that the text contains word for word; a short one ("no", "sí") must be all the text says. */
function phraseScore(tokens: readonly string[], phrase: readonly string[]): number {
  const letters = phrase.join('').length;
  if (letters === 0) return 0;
  if (tokens.length === phrase.length && phrase.every((word, index) => sameWord(word, tokens[index]!))) {
    return exactly + letters;
  }
  if (letters < 4) {
    const content = contentTokens(tokens);
    return content.length === phrase.length && phrase.every((word, index) => word === content[index]) ? letters : 0;
  }
  return positionOf(phrase, tokens) >= 0 ? letters : 0;
}

/** The letters of a label of which every word that matters is in the text, in any order. */
function labelScore(tokens: readonly string[], label: readonly string[]): number {
  const content = contentTokens(label);
  const letters = content.join('').length;
  if (letters < 4) return 0;
  return content.every((word) => tokens.some((token) => sameWord(word, token))) ? letters : 0;
}

function positionOf(phrase: readonly string[], tokens: readonly string[]): number {
  if (phrase.length === 0) return -1;
  for (let at = 0; at + phrase.length <= tokens.length; at += 1) {
    if (phrase.every((word, index) => sameWord(word, tokens[at + index]!))) return at;
  }
  return -1;
}
