import type { Routes } from '@angular/router';
import { leaveGuard } from '../../shared/forms/leave-guard';
import { StatusDetail } from './status-detail';
import { StatusForm } from './status-form';
import { StatusesPage } from './statuses-page';

export const routes: Routes = [
  {
    path: '',
    component: StatusesPage,
    children: [
      { path: 'new', component: StatusForm, canDeactivate: [leaveGuard] },
      { path: ':id/edit', component: StatusForm, canDeactivate: [leaveGuard] },
      { path: ':id', component: StatusDetail },
    ],
  },
];
