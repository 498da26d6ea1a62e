import type { Routes } from '@angular/router';
import { StatementPage } from './statement-page';
import { StatementsPage } from './statements-page';

export const routes: Routes = [
  { path: '', component: StatementsPage },
  { path: ':id', component: StatementPage },
];
