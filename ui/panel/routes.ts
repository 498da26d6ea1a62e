import { Injector, inject } from '@angular/core';
import { type CanMatchFn, Router, type Routes } from '@angular/router';
import type { Permission } from '../shared/api/roles';
import { leaveGuard } from '../shared/forms/leave-guard';
import { CurrentSession } from '../shared/session/current-session';
import { SetupProgress } from './setup/setup-progress';
import { Shell } from './shell/shell';

/** Matches for those who may; the others find the page that is theirs. */
const needs = (permission: Permission): CanMatchFn => async () => {
  const session = inject(CurrentSession);
  await session.ready;
  return session.can(permission);
};

/** Where somebody begins: the first run while it is due, the dashboard, or OmniChat for those who work there alone. */
const home = async () => {
  const [session, router, injector] = [inject(CurrentSession), inject(Router), inject(Injector)];
  await session.ready;
  if (await injector.get(SetupProgress).isWanted()) return router.parseUrl('/setup');
  return router.parseUrl(session.can('dashboard.read') ? '/dashboard' : '/omnichat');
};

/** OmniChat and the first run have a page of their own; all else lies in the shell. */
export const routes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: home },
  { path: 'omnichat', canMatch: [needs('omnichat.use')], loadChildren: () => import('./omnichat/routes').then((module) => module.routes) },
  { path: 'setup', canMatch: [needs('company.manage')], loadComponent: () => import('./setup/setup').then((module) => module.SetupPage) },
  {
    path: '',
    component: Shell,
    canMatch: [needs('account.own')],
    children: [
      { path: 'dashboard', canMatch: [needs('dashboard.read')], loadComponent: () => import('./dashboard/dashboard').then((module) => module.DashboardPage) },
      { path: 'tools', canMatch: [needs('tools.use')], canDeactivate: [leaveGuard], loadComponent: () => import('./tools/tools').then((module) => module.ToolsPage) },
      { path: 'notices', canMatch: [needs('notices.manage')], loadChildren: () => import('./notices/routes').then((module) => module.routes) },
      { path: 'receipts/statements', canMatch: [needs('statements.manage')], loadChildren: () => import('./statements/routes').then((module) => module.routes) },
      { path: 'receipts', canMatch: [needs('receipts.read')], loadChildren: () => import('./receipts/routes').then((module) => module.routes) },
      { path: 'statuses', canMatch: [needs('statuses.manage')], loadChildren: () => import('./statuses/routes').then((module) => module.routes) },
      { path: 'settings', loadChildren: () => import('./settings/routes').then((module) => module.routes) },
      { path: 'customers', canMatch: [needs('customers.read')], loadChildren: () => import('./customers/routes').then((module) => module.routes) },
      { path: 'account', loadComponent: () => import('./account/account').then((module) => module.AccountPage) },
      { path: '**', redirectTo: home },
    ],
  },
];
