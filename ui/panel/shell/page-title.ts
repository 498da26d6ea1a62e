import { effect, inject } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { CurrentSession } from '../../shared/session/current-session';

/** Names the browser's tab after the page and the company; follows the language. */
export function injectPageTitle(words: () => string): void {
  const [title, session] = [inject(Title), inject(CurrentSession)];
  effect(() => title.setTitle([words(), session.company()?.name ?? 'Hilo'].join(' · ')));
}
