/** A stretch of a message that looks the same throughout. */
export interface Run {
  readonly text: string;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly strike: boolean;
  readonly mono: boolean;
}

type Style = Omit<Run, 'text'>;

const plain: Style = { bold: false, italic: false, strike: false, mono: false };
const monoBlock = /```([\s\S]+?)```/;
/** A mark opens where no word goes on, closes where none goes on, and neither side of the inside is a space, as on a phone. */
const marked = /(?<![\p{L}\p{N}])([*_~])(?=\S)([^\n]*?\S)\1(?![\p{L}\p{N}])/u;
const styleOfMark: Record<string, Partial<Style>> = { '*': { bold: true }, _: { italic: true }, '~': { strike: true } };

/**
 * Reads WhatsApp's marks (`*bold*`, `_italic_`, `~strike~`, three backticks for monospace) into runs. The result is text
 * and flags, never markup, so whatever a customer writes can be shown safely.
 */
export function readFormat(text: string): Run[] {
  return readMono(text, plain).filter((run) => run.text !== '');
}

/** The text without its marks, for a list that shows one line of it. */
export function withoutFormat(text: string): string {
  return readFormat(text).map((run) => run.text).join('');
}

function readMono(text: string, style: Style): Run[] {
  const found = monoBlock.exec(text);
  if (!found) return readMarks(text, style);
  return [
    ...readMarks(text.slice(0, found.index), style),
    { text: found[1] ?? '', ...style, mono: true },
    ...readMono(text.slice(found.index + found[0].length), style),
  ];
}

function readMarks(text: string, style: Style): Run[] {
  const found = marked.exec(text);
  if (!found) return [{ text, ...style }];
  const [whole, mark = '', inside = ''] = found;
  return [
    { text: text.slice(0, found.index), ...style },
    ...readMarks(inside, { ...style, ...styleOfMark[mark] }),
    ...readMarks(text.slice(found.index + whole.length), style),
  ];
}
