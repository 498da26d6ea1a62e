import { Component, inject } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import type { Permission } from '../../shared/api/roles';
import { CurrentSession } from '../../shared/session/current-session';
import { injectBookText } from './i18n/inject-text';
import type { TextKey } from './i18n/es';

const places: readonly { readonly path: string; readonly name: TextKey; readonly permission: Permission }[] = [
  { path: '/customers', name: 'customers', permission: 'customers.read' },
  { path: '/customers/invoices', name: 'invoices', permission: 'customers.read' },
  { path: '/customers/plans', name: 'plans', permission: 'customers.read' },
  { path: '/customers/invoicing', name: 'invoicing', permission: 'customers.manage' },
  { path: '/customers/import', name: 'import', permission: 'customers.manage' },
];

/** The book's pages. */
@Component({
  selector: 'customers-nav',
  imports: [RouterLink, RouterLinkActive],
  template: `
    <nav class="booknav" [attr.aria-label]="text('book')">
      @for (place of places; track place.path) {
        <a [routerLink]="place.path" routerLinkActive #active="routerLinkActive" [routerLinkActiveOptions]="{ exact: place.path === '/customers' }" [attr.aria-current]="active.isActive ? 'page' : null">{{ text(place.name) }}</a>
      }
    </nav>
  `,
  styles: `
    :host { display: block; flex: none; }
    .booknav { display: flex; gap: 4px; padding: 8px 24px 0; overflow-x: auto; border-bottom: 1px solid var(--hilo-outline-variant); }
    a { position: relative; display: inline-flex; align-items: center; min-height: 44px; padding: 0 10px; font: var(--hilo-label); color: var(--hilo-on-surface-variant); white-space: nowrap; text-decoration: none; }
    a[aria-current] { color: var(--hilo-on-surface); font-weight: 600; box-shadow: inset 0 -2px 0 var(--hilo-primary); }
    @media (max-width: 720px) { .booknav { padding: 4px 8px 0; } }
  `,
})
export class BookNav {
  readonly #session = inject(CurrentSession);
  protected readonly text = injectBookText();
  protected readonly places = places.filter(({ permission }) => this.#session.can(permission));
}
