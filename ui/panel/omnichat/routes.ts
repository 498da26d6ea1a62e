import type { Routes } from '@angular/router';

export const routes: Routes = [{ path: '', loadComponent: () => import('./omnichat').then((module) => module.OmniChatPage) }];
