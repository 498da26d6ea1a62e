import type { HttpClient } from '../http/http-client.js';

/** What an adapter of an outside system gets besides its settings. */
export interface CrmDeps {
  /** Guarded (`libs/http`): refuses private addresses and keeps its limits whatever the settings say. */
  http: HttpClient;
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits, or throws the signal's reason. By default a timer; specs wait for nothing. */
  sleep?(ms: number, signal: AbortSignal): Promise<void>;
  /**
   * Told the NAMES of fields that an answer had and the adapter does not know: where a vendor changes something it shows. Never values.
   * @param unmapped `operation`: the vendor's name of the call
   */
  report?(unmapped: { operation: string; fields: string[] }): void;
  /** ISO 3166 code of the country in whose form the system's phone numbers are written: `AR`. */
  defaultCountry: string;
  /** ISO 4217 code of the amounts, which no system tells: `ARS`. */
  currency: string;
  /** IANA name: the dates of payments are of this zone. */
  timeZone: string;
}
