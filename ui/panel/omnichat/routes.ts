import type { Routes } from '@angular/router';

const load = () => import('./omnichat').then((module) => module.OmniChatPage);

/** One page for all addresses, so that opening another ticket keeps the queue where it is. `?ticket=` leads to that ticket. */
export const routes: Routes = [
  {
    matcher: (segments) => (segments.length > 1 ? null : { consumed: segments, posParams: Object.fromEntries(segments.map((segment) => ['ticket', segment])) }),
    loadComponent: load,
  },
];
