import type { Logger } from 'pino';
import type { NetworkSettings } from '../../libs/channels/whatsapp/connect.js';
import type { SessionStore } from '../../libs/channels/whatsapp/store.js';
import type { MediaStore } from '../../libs/media/media-store.js';
import type { Vault } from '../../libs/vault/vault.js';
import type { ChannelRows, ToldInGroup } from './channel-rows.js';
import type { Arrived } from './dispatcher.js';
import type { Lease, Leases } from './leases.js';
import type { MediaRows } from './media-rows.js';
import type { Slots } from './slots.js';

/** What one number needs of its process. */
export interface NumberParts {
  leases: Leases;
  storeOf(lease: Lease): SessionStore;
  rowsOf(lease: Lease): ChannelRows;
  mediaRowsOf(lease: Lease): MediaRows;
  /** How many files are fetched at once, over all numbers. */
  slots: Slots;
  media: MediaStore;
  vault: Vault;
  network: NetworkSettings;
  tell(arrived: Arrived): void;
  /** People may have what a mode has kept of a conversation. */
  offer(kept: Arrived): void;
  /** Agents have answered in the group that hears of tickets. Must not throw. */
  hear(company: string, answers: readonly ToldInGroup[]): void;
  log: Logger;
}
