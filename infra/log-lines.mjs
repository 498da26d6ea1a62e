/** pino's levels as words. @type {Record<number, string>} */
const LEVELS = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' };
const NAME_WIDTH = 9;

/** What a person at the terminal needs of a pino record is its level and its message; the rest stays as it is. */
const HIDDEN = new Set(['level', 'time', 'pid', 'hostname', 'process', 'msg', 'message', 'name', 'at']);

/**
 * One line of a process's output for the terminal: the process's name, then a log record in short or the line itself.
 * @param {string} name
 * @param {string} line
 */
export function formatLine(name, line) {
  return `${name.padEnd(NAME_WIDTH)}│ ${shorten(line)}`;
}

/** @param {string} line */
function shorten(line) {
  if (!line.startsWith('{')) return line;
  try {
    const record = JSON.parse(line);
    const level = LEVELS[record.level] ?? String(record.level ?? 'info').toLowerCase();
    const rest = Object.fromEntries(Object.entries(record).filter(([key]) => !HIDDEN.has(key)));
    return `${level} ${record.msg ?? record.message ?? ''}${Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : ''}`;
  } catch {
    return line;
  }
}
