/** An answer that a numbered menu offers. */
export interface QuickReply {
  readonly key: string;
  readonly label: string;
}

/** `1. Saldo`, `1) Saldo`, `1 - Saldo`, `[1] Saldo`, `1️⃣ Saldo`, `1 · Saldo`; marks are taken off before. */
const option = /^\s*[[(]?(\d{1,2})(?:\uFE0F?\u20E3|\s*[.)\]:\-–—·])\s+(.+)$/u;
/** `*1* Saldo`: here the mark itself sets the number off. */
const boldNumber = /^\s*\*(\d{1,2})\*\s+(?=\S)/;

/**
 * The options of a numbered menu in a message: at least two, all different; one alone only if its number is in bold (`*0* Volver`),
 * because any sentence may begin with a number.
 */
export function quickRepliesIn(text: string): QuickReply[] {
  const lines = text.split('\n');
  const options = lines.flatMap((line) => {
    const found = option.exec(line.replace(boldNumber, '$1. ').replace(/[*_~]/g, ''));
    return found ? [{ key: found[1] ?? '', label: (found[2] ?? '').trim() }] : [];
  });
  const isMenu = options.length >= 2 || lines.some((line) => boldNumber.test(line));
  return isMenu && new Set(options.map(({ key }) => key)).size === options.length ? options : [];
}
