import { Client, Connection } from '@temporalio/client';
import type { Vault } from '../vault/vault.js';
import { dataConverter } from './data-converter.js';

export interface TemporalSettings {
  /** host:port of the frontend */
  address: string;
  namespace: string;
}

/**
 * A client that encrypts what it sends. Connects when it is first used, so that a process can start while Temporal is away.
 */
export function temporalClient(settings: TemporalSettings, vault: Vault): Client {
  const connection = Connection.lazy({
    address: settings.address,
    connectTimeout: '5s',
    // gRPC would wait longer and longer, up to two minutes, and a server that is back would count as away for that time.
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 250, 'grpc.max_reconnect_backoff_ms': 2_000 },
  });
  return new Client({ connection, namespace: settings.namespace, dataConverter: dataConverter(vault) });
}
