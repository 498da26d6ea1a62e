import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { gatewaysettingsCreate } from './generated/fn/gateway/gatewaysettings-create';
import { gatewaysettingsRead } from './generated/fn/gateway/gatewaysettings-read';
import { gatewaysettingsRemoveCallback } from './generated/fn/gateway/gatewaysettings-remove-callback';
import { gatewaysettingsRenewSecret } from './generated/fn/gateway/gatewaysettings-renew-secret';
import { gatewaysettingsRevoke } from './generated/fn/gateway/gatewaysettings-revoke';
import { gatewaysettingsRotate } from './generated/fn/gateway/gatewaysettings-rotate';
import { gatewaysettingsSetCallback } from './generated/fn/gateway/gatewaysettings-set-callback';
import { gatewaysettingsTest } from './generated/fn/gateway/gatewaysettings-test';
import type * as api from './generated/models';
import { Http } from './http';

export type GatewaySettings = Frozen<api.GatewaySettings>;
export type GatewayToken = Frozen<api.GatewayToken>;
export type GivenGatewayToken = Frozen<api.GivenGatewayToken>;
export type GivenGatewayCallback = Frozen<api.GivenGatewayCallback>;
export type NewGatewayToken = Frozen<api.NewGatewayToken>;

/** Who may have notices sent, and where the company hears what became of them. Secrets are in the answer that makes them, and never again. */
@Injectable({ providedIn: 'root' })
export class GatewayApi {
  readonly #http = inject(Http);

  read(): Promise<GatewaySettings> {
    return this.#http.call(gatewaysettingsRead, {});
  }

  createToken(token: NewGatewayToken): Promise<GivenGatewayToken> {
    return this.#http.call(gatewaysettingsCreate, { body: token });
  }

  rotateToken(id: string, graceMinutes: number): Promise<GivenGatewayToken> {
    return this.#http.call(gatewaysettingsRotate, { id, body: { graceMinutes } });
  }

  revokeToken(id: string): Promise<unknown> {
    return this.#http.call(gatewaysettingsRevoke, { id });
  }

  test(token: string, to: string, message: string): Promise<Frozen<api.AcceptedNotice>> {
    return this.#http.call(gatewaysettingsTest, { id: token, body: { to, message } });
  }

  setCallback(url: string): Promise<GivenGatewayCallback> {
    return this.#http.call(gatewaysettingsSetCallback, { body: { url } });
  }

  renewSecret(url: string): Promise<GivenGatewayCallback> {
    return this.#http.call(gatewaysettingsRenewSecret, { body: { url } });
  }

  removeCallback(): Promise<unknown> {
    return this.#http.call(gatewaysettingsRemoveCallback, {});
  }
}
