/** An answer that a numbered menu offers. */
export interface QuickReply {
  readonly key: string;
  readonly label: string;
}

/** `1. Saldo`, `1) Saldo`, `1 - Saldo`, `[1] Saldo`, `1️⃣ Saldo`, `1 · Saldo`; marks are taken off before. */
const option = /^\s*[[(]?(\d{1,2})(?:\uFE0F?\u20E3|\s*[.)\]:\-–—·])\s+(.+)$/u;
/** `*1* Saldo`: here the mark itself sets the number off. */
const boldNumber = /^\s*\*(\d{1,2})\*\s+(?=[\p{L}\p{Extended_Pictographic}])/u;

/** The options of a numbered menu in a message; none unless there are at least two, all different. */
export function quickRepliesIn(text: string): QuickReply[] {
  const options = text.split('\n').flatMap((line) => {
    const found = option.exec(line.replace(boldNumber, '$1. ').replace(/[*_~]/g, ''));
    return found ? [{ key: found[1] ?? '', label: (found[2] ?? '').trim() }] : [];
  });
  const keys = new Set(options.map(({ key }) => key));
  return options.length >= 2 && keys.size === options.length ? options : [];
}
