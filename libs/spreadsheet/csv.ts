/** What a spreadsheet would take for a formula, and run. */
const FORMULA = /^[=+\-@\t\r]/u;
/** A number with its sign is one, and no formula. */
const NUMBER = /^-?\d+(?:[.,]\d+)?$/u;
const harmless = (text: string): string => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);
const quoted = (text: string): string => (/[";\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * A row as spreadsheets in Spanish open it by a double click: semicolons, CRLF. What others typed cannot become a formula: it gets an apostrophe
 * before it (OWASP, CSV injection).
 */
export const csvRow = (cells: readonly string[]): string => `${cells.map((cell) => quoted(harmless(cell))).join(';')}\r\n`;

/** Tells spreadsheets that a file is UTF-8; its first character. */
export const CSV_START = '\uFEFF';
