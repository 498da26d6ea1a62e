import type { Routes } from '@angular/router';
import { leaveGuard } from '../../shared/forms/leave-guard';
import { ReceiptDetail } from './receipt-detail';
import { ReceiptUploadPage } from './receipt-upload';
import { ReceiptsPage } from './receipts-page';

export const routes: Routes = [{ path: '', component: ReceiptsPage, children: [{ path: 'new', component: ReceiptUploadPage, canDeactivate: [leaveGuard] }, { path: ':id', component: ReceiptDetail }] }];
