import type { Routes } from '@angular/router';
import { ReceiptDetail } from './receipt-detail';
import { ReceiptsPage } from './receipts-page';

export const routes: Routes = [{ path: '', component: ReceiptsPage, children: [{ path: ':id', component: ReceiptDetail }] }];
