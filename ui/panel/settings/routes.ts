import { inject } from '@angular/core';
import type { CanMatchFn, Routes } from '@angular/router';
import type { Permission } from '../../shared/api/roles';
import { leaveGuard } from '../../shared/forms/leave-guard';
import { CurrentSession } from '../../shared/session/current-session';
import { SettingsGrid } from './settings-grid';

const needs = (permission: Permission): CanMatchFn => () => inject(CurrentSession).can(permission);

/** The grid, and each card's screen in its own lazy chunk. A form's route has `canDeactivate: [leaveGuard]`. */
export const routes: Routes = [
  { path: '', pathMatch: 'full', canMatch: [needs('company.manage')], component: SettingsGrid },
  { path: 'company', canMatch: [needs('company.manage')], canDeactivate: [leaveGuard], loadComponent: () => import('./company/company-page').then((module) => module.CompanyPage) },
  { path: 'audit', canMatch: [needs('audit.read')], loadComponent: () => import('./audit/audit-page').then((module) => module.AuditPage) },
  { path: 'gateway', canMatch: [needs('gateway.manage')], loadComponent: () => import('../gateway/gateway-page').then((module) => module.GatewayPage) },
  { path: 'payment-methods', canMatch: [needs('payments.manage')], loadComponent: () => import('../payments/payments-page').then((module) => module.PaymentsPage) },
  { path: 'customer-fields', canMatch: [needs('company.manage')], canDeactivate: [leaveGuard], loadComponent: () => import('./customer-fields/customer-fields-page').then((module) => module.CustomerFieldsPage) },
  { path: 'integrations', pathMatch: 'full', canMatch: [needs('integrations.manage')], canDeactivate: [leaveGuard], loadComponent: () => import('../integrations/integrations-page').then((module) => module.IntegrationsPage) },
  { path: 'integrations/generic', canMatch: [needs('integrations.manage')], canDeactivate: [leaveGuard], loadComponent: () => import('../integrations/generic/description-page').then((module) => module.DescriptionPage) },
  { path: 'receipts', canMatch: [needs('payments.manage')], canDeactivate: [leaveGuard], loadComponent: () => import('./receipts/receipts-page').then((module) => module.ReceiptSettingsPage) },
  { path: 'models', canMatch: [needs('models.manage')], canDeactivate: [leaveGuard], loadComponent: () => import('./models/models-page').then((module) => module.ModelsPage) },
  { path: '', loadChildren: () => import('../people/routes').then((module) => module.routes) },
];
