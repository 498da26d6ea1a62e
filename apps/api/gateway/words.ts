import { decodeHTML } from 'entities';

/** A panel that did not fill in its template: `{destinatario}`, `{{mensaje}}`, and the same as a URL has them. */
const placeholder = /^\s*(\{{1,2}\s*[\p{L}_][\p{L}\d_ ]*\s*\}{1,2}|\[\[?\s*[\p{L}_]+\s*\]?\]|%[\p{L}_]+%)\s*$/u;

/** No name is longer; what is, is not looked at: its blanks could be divided in too many ways. */
const LONGEST_NAME = 100;

/** Whether a value is a name that somebody was to replace. */
export const isPlaceholder = (value: string): boolean => value.length <= LONGEST_NAME && placeholder.test(value);

/**
 * Pure: a notice's text as the person reads it. Panels write for e-mail: entities are decoded, `<br>` and paragraphs are line breaks, other
 * tags go; a literal `\n` is one, too. Two entities deep: `&amp;oacute;` comes from panels that encode twice. Takes time in proportion to its
 * length, whatever is written: systems of all companies share a process.
 */
export function wordsOf(written: string): string {
  const lines = written
    .replace(/\r\n?/gu, '\n')
    .replace(/\\r\\n|\\n/gu, '\n')
    .replace(/<br\s*\/?>/giu, '\n')
    .replace(/<\/(p|div|li|tr|h[1-6])\s*>/giu, '\n')
    .replace(/<\/?(p|div|li|ul|ol|tr|td|th|table|tbody|b|strong|i|em|u|span|font|a|h[1-6]|center|small|big)(\s[^<>]*)?>/giu, '');
  return decodeHTML(decodeHTML(lines)).replace(/\u00a0/gu, ' ').replace(/(?<![ \t])[ \t]+\n/gu, '\n').replace(/\n{3,}/gu, '\n\n').trim();
}
