/** What a key does in OmniChat. */
export type KeyCommand = 'next' | 'previous' | 'take' | 'reply' | 'note' | 'help';

const single: Readonly<Record<string, KeyCommand>> = { j: 'next', k: 'previous', t: 'take', r: 'reply', n: 'note', '?': 'help' };

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** Whether the focus is where one writes or chooses. */
  readonly isWriting: boolean;
  /** Whether a dialog or a menu lies over the page. */
  readonly isCovered: boolean;
}

/** The command of a single key; undefined while somebody writes, something covers the page, or another key is held. */
export function commandOf({ key, ctrlKey, metaKey, altKey, isWriting, isCovered }: Pressed): KeyCommand | undefined {
  if (ctrlKey || metaKey || altKey || isWriting || isCovered) return undefined;
  return single[key.toLowerCase()];
}
