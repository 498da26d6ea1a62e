import { inject } from '@angular/core';
import type { CanMatchFn, Routes } from '@angular/router';
import type { Permission } from '../../shared/api/roles';
import { leaveGuard } from '../../shared/forms/leave-guard';
import { CurrentSession } from '../../shared/session/current-session';
import { DepartmentSheet } from './department-sheet';
import { DepartmentsPage } from './departments-page';
import { People } from './people';
import { UserSheet } from './user-sheet';
import { UsersPage } from './users-page';

const needs = (permission: Permission): CanMatchFn => () => inject(CurrentSession).can(permission);

export const routes: Routes = [
  {
    path: '',
    providers: [People],
    children: [
      {
        path: 'users',
        canMatch: [needs('users.manage')],
        component: UsersPage,
        children: [{ path: ':id', component: UserSheet, canDeactivate: [leaveGuard] }],
      },
      {
        path: 'departments',
        canMatch: [needs('departments.manage')],
        component: DepartmentsPage,
        children: [{ path: ':id', component: DepartmentSheet, canDeactivate: [leaveGuard] }],
      },
    ],
  },
];
