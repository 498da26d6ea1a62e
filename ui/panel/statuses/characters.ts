/** Most characters of a status, as people count them. */
export const mostCharacters = 700;

const segmenter = new Intl.Segmenter('es', { granularity: 'grapheme' });

/** A flag, a family or a letter with its accent is one. */
export const charactersIn = (text: string): number => [...segmenter.segment(text)].length;
