import { Injectable, inject } from '@angular/core';
import { Http } from './http';

export type ChannelState = 'unlinked' | 'connecting' | 'waiting' | 'linked' | 'refused' | 'logged-out';

/** What the phone must scan or type, and until when. Only who may link sees it. */
export interface Pairing {
  readonly qr?: string;
  readonly code?: string;
  readonly until: string;
}

/** A WhatsApp number of the company. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  /** E.164 digits; null until a phone has been linked. */
  readonly number: string | null;
  /** Somebody asked for it to be linked. */
  readonly wanted: boolean;
  readonly state: ChannelState;
  readonly stateReason: string | null;
  readonly stateAt: string;
  readonly pairing?: Pairing;
  /** Where the simulated phone is served; only where WhatsApp is simulated. */
  readonly simulatorUrl?: string;
}

@Injectable({ providedIn: 'root' })
export class ChannelsApi {
  readonly #http = inject(Http);

  list(): Promise<Channel[]> {
    return this.#http.get('/api/channels');
  }

  /** Asks the network for a QR, or for a code to type when the phone's number is given (digits only). */
  link(id: string, number?: string): Promise<unknown> {
    return this.#http.post(`/api/channels/${id}/link`, number ? { code: number } : {});
  }

  unlink(id: string): Promise<unknown> {
    return this.#http.post(`/api/channels/${id}/unlink`);
  }

  restart(id: string): Promise<unknown> {
    return this.#http.post(`/api/channels/${id}/restart`);
  }
}
