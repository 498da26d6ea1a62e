import { inject } from '@angular/core';
import type { ActivatedRouteSnapshot, CanMatchFn, Routes } from '@angular/router';
import { leaveGuard } from '../../shared/forms/leave-guard';
import { CurrentSession } from '../../shared/session/current-session';
import { CustomerPage } from './customer-page';
import { CustomerSheet } from './customer-sheet';
import { CustomersPage } from './customers-page';
import { InvoicesPage } from './invoices-page';
import { PaymentSheet } from './payment-sheet';
import { PlanSheet } from './plan-sheet';
import { PlansPage } from './plans-page';
import { ServiceSheet } from './service-sheet';

const mayManage: CanMatchFn = () => inject(CurrentSession).can('customers.manage');
/** A sheet's customer is the page's. */
const resolve = { id: (route: ActivatedRouteSnapshot) => route.parent?.paramMap.get('id') };
const form = { canMatch: [mayManage], canDeactivate: [leaveGuard] };

/** Reading is for whoever may read the book; each form, invoicing and imports for whoever may write in it. */
export const routes: Routes = [
  { path: 'invoices', component: InvoicesPage },
  { path: 'plans', component: PlansPage, children: [{ path: ':id', component: PlanSheet, ...form }] },
  { path: 'invoicing', canMatch: [mayManage], loadComponent: () => import('./invoicing-page').then((module) => module.InvoicingPage) },
  { path: 'import', canMatch: [mayManage], loadComponent: () => import('./import-page').then((module) => module.ImportPage) },
  { path: '', component: CustomersPage, children: [{ path: 'new', component: CustomerSheet, ...form }] },
  {
    path: ':id', component: CustomerPage, children: [
      { path: 'edit', component: CustomerSheet, resolve, ...form },
      { path: 'pay', component: PaymentSheet, resolve, ...form },
      { path: 'services/:service', component: ServiceSheet, resolve, ...form },
    ],
  },
];
