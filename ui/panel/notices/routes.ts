import type { Routes } from '@angular/router';
import { NoticeSheet } from './notice-sheet';
import { NoticesPage } from './notices-page';

export const routes: Routes = [{ path: '', component: NoticesPage, children: [{ path: ':id', component: NoticeSheet }] }];
