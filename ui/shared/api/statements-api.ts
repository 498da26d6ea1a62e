import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { statementsAccounts } from './generated/fn/bank-statements/statements-accounts';
import { statementsConfirm } from './generated/fn/bank-statements/statements-confirm';
import { statementsList } from './generated/fn/bank-statements/statements-list';
import { statementsOne } from './generated/fn/bank-statements/statements-one';
import { statementsPreview } from './generated/fn/bank-statements/statements-preview';
import { statementsUndo } from './generated/fn/bank-statements/statements-undo';
import { statementsUpload } from './generated/fn/bank-statements/statements-upload';
import { incomingpaymentsList, type IncomingpaymentsList$Params } from './generated/fn/incoming-payments/incomingpayments-list';
import type * as api from './generated/models';
import { Http } from './http';
import type { Watch } from './watch';

export type StatementAccount = Frozen<api.StatementAccount>;
export type StatementDraft = Frozen<api.StatementDraft>;
export type StatementMapping = Frozen<api.StatementMapping>;
export type StatementPreview = Frozen<api.StatementPreview>;
export type StatementImport = Frozen<api.StatementImport>;
export type IncomingPage = Frozen<api.IncomingPage>;
export type IncomingPayment = Frozen<api.IncomingPayment>;

/** Banks' statements: put up, understood, seen, confirmed and perhaps undone; and what came in, by whatever source. */
@Injectable({ providedIn: 'root' })
export class StatementsApi {
  readonly #http = inject(Http);

  accounts(): Promise<readonly StatementAccount[]> {
    return this.#http.call(statementsAccounts, {});
  }

  imports(): Promise<readonly StatementImport[]> {
    return this.#http.call(statementsList, {});
  }

  one(id: string): Promise<StatementImport> {
    return this.#http.call(statementsOne, { id });
  }

  upload(account: string, file: File, watch: Watch): Promise<StatementDraft> {
    return this.#http.send(statementsUpload, { account, fileName: file.name, body: new Blob([file], { type: 'application/octet-stream' }) }, watch);
  }

  preview(id: string, body: Frozen<api.StatementOptions>): Promise<StatementPreview> {
    return this.#http.call(statementsPreview, { id, body });
  }

  confirm(id: string, body: Frozen<api.StatementConfirmed>): Promise<StatementImport> {
    return this.#http.call(statementsConfirm, { id, body });
  }

  undo(id: string): Promise<StatementImport> {
    return this.#http.call(statementsUndo, { id });
  }

  incoming(query: IncomingpaymentsList$Params): Promise<IncomingPage> {
    return this.#http.call(incomingpaymentsList, query);
  }
}
