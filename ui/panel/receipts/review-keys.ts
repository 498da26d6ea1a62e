import type { Zooming } from './receipt-picture';

/** What a key does in the review of receipts. */
export type ReviewCommand = 'next' | 'previous' | 'approve' | 'reject' | 'ask-another' | Zooming;

const single: Readonly<Record<string, ReviewCommand>> = { j: 'next', k: 'previous', a: 'approve', r: 'reject', p: 'ask-another', '+': 'zoom-in', '=': 'zoom-in', '-': 'zoom-out', 0: 'zoom-fit' };

/** The command of a single key; undefined while somebody writes or chooses, a dialog or a menu is open, or another key is held. */
export function reviewCommandOf(event: KeyboardEvent): ReviewCommand | undefined {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || target.closest('input, textarea, select, [contenteditable]')) return undefined;
  return target.ownerDocument.querySelector('.cdk-overlay-container .dialog, .cdk-overlay-container .menu') ? undefined : single[event.key.toLowerCase()];
}
