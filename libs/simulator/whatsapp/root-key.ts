/**
 * Public key (32 bytes, hex) of the simulator's certificate root. A client that trusts it accepts this simulator as WhatsApp.
 *
 * It is FIXED so that a client can be started before the simulator, and its private half is public knowledge (derived from a
 * sentence in `certificates.ts`): whoever trusts it trusts everybody. Never trust it outside of demos and tests.
 */
export const SIMULATOR_ROOT_PUBLIC_KEY = '0885999e204b611ab7db6cbfaf7a83716864112cfbb72e9d3549d0503b26a23d';

/**
 * TLS certificate (DER in base64) of the simulator's media host, as fixed and as public as the root above: files are sent and fetched by
 * HTTPS only. It names this machine and the host `simulator`, nothing else.
 */
export const SIMULATOR_CERTIFICATE =
  'MIIBQjCB9aADAgECAhAB6U/KdsU/LhKGvsf4HR81MAUGAytlcDAlMSMwIQYDVQQDDBpXaGF0c0FwcCBzaW11bGF0b3IgKG1lZGlhKTAeFw0yNT' +
  'AxMDEwMDAwMDBaFw00OTEyMzEyMzU5NTlaMCUxIzAhBgNVBAMMGldoYXRzQXBwIHNpbXVsYXRvciAobWVkaWEpMCowBQYDK2VwAyEAx9cNUqJk' +
  'yDrKa4yuUnfN5zBU0GtzfJRGZN2TNVp5brOjOzA5MDcGA1UdEQQwMC6CCWxvY2FsaG9zdIIJc2ltdWxhdG9yhwR/AAABhxAAAAAAAAAAAAAAAA' +
  'AAAAABMAUGAytlcANBAI5n6gGW02xToQEh/zyFlRuk70aG/fgUHcFWyek/ty8OMOwIwUzPGdgno9XNlbCfKkCsjgQ2jxIMbDw7TzgGKQQ=';
