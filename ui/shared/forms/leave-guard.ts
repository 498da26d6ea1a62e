import { DOCUMENT, DestroyRef, inject } from '@angular/core';
import type { CanDeactivateFn } from '@angular/router';
import { Confirm } from '../feedback/confirm';
import { injectSharedText } from '../feedback/inject-text';

/** A page with a form that can be left unsaved. */
export interface Unsaved {
  isChanged(): boolean;
}

/** Asks before a page with unsaved changes is left for another. */
export const leaveGuard: CanDeactivateFn<Unsaved> = (page) => {
  const text = injectSharedText();
  if (!page.isChanged()) return true;
  return inject(Confirm).ask({
    title: text('leave.title'),
    consequences: [{ icon: 'alert', words: text('leave.lost') }],
    action: text('leave.leave'),
    cancel: text('leave.stay'),
    danger: true,
  });
};

/** Lets the browser ask before the tab with unsaved changes is closed or loaded again. */
export function warnBeforeUnload(page: Unsaved): void {
  const view = inject(DOCUMENT).defaultView!;
  const ask = (event: BeforeUnloadEvent): void => {
    if (page.isChanged()) event.preventDefault();
  };
  view.addEventListener('beforeunload', ask);
  inject(DestroyRef).onDestroy(() => view.removeEventListener('beforeunload', ask));
}
