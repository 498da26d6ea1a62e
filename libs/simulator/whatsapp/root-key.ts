/**
 * Public key (32 bytes, hex) of the simulator's certificate root. A client that trusts it accepts this simulator as WhatsApp.
 *
 * It is FIXED so that a client can be started before the simulator, and its private half is public knowledge (derived from a
 * sentence in `certificates.ts`): whoever trusts it trusts everybody. Never trust it outside of demos and tests.
 */
export const SIMULATOR_ROOT_PUBLIC_KEY = '0885999e204b611ab7db6cbfaf7a83716864112cfbb72e9d3549d0503b26a23d';
