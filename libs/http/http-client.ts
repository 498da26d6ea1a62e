/**
 * The one way to call an address that somebody typed or that came in an answer: an ISP's system, a callback, the link of a document.
 * `guarded-client.ts` makes it for processes, specs write their own.
 */
export type HttpClient = (request: HttpRequest) => Promise<HttpResponse>;

export type TlsTrust =
  /** The certificate authorities that Node trusts. */
  | { mode: 'system' }
  /** This certificate or authority alone (PEM, one or several); the name in it is checked only where it issued another one. */
  | { mode: 'pinned'; pem: string }
  /** Whatever is shown. Encrypted, but anybody on the way may be the other end: screens warn. */
  | { mode: 'insecure' };

export interface HttpRequest {
  /** http or https, absolute, without user and password. */
  url: string;
  /** GET. */
  method?: string;
  headers?: Record<string, string>;
  /** The type of a `FormData` (multipart) is set by the client, every other one is the caller's header. */
  body?: string | Uint8Array | FormData;
  /** For everything, from the look-up of the name to the last byte and over all redirects: 15,000. */
  timeoutMs?: number;
  /** Of the body, decompressed: 5 MiB. */
  maxBytes?: number;
  tls?: TlsTrust;
  /** How many redirects are followed: 0, so that a 302 is an answer like another. Only GET and HEAD follow; past the number it fails. */
  redirects?: number;
  signal?: AbortSignal;
}

export interface HttpResponse {
  status: number;
  /** Names in lower case; a header that came more than once is joined with `, `. */
  headers: Record<string, string>;
  body: Uint8Array;
  /** Where it came from, after redirects. */
  url: string;
}

/**
 * bad-url: no absolute http(s) address that may be called (user in it, port of another service) · address: it leads to a private or special
 * network that the operator has not allowed · name: no such host · refused: nobody listens there · tls: its certificate is not trusted ·
 * timeout · too-large: the answer · redirect: too many, or to nowhere · cut: the connection ended within the exchange, or it is no HTTP ·
 * aborted: by the caller.
 */
export const httpFailureCodes = [
  'bad-url', 'address', 'name', 'refused', 'tls', 'timeout', 'too-large', 'redirect', 'cut', 'aborted',
] as const;
export type HttpFailureCode = (typeof httpFailureCodes)[number];

/** A call without an answer. The message is for whoever looks after the system: it names host and address, never path, query or headers. */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure';

  /** @param sent the request may have reached the other side, and had its effect there */
  constructor(readonly code: HttpFailureCode, message: string, readonly sent: boolean) {
    super(message);
  }
}
