import type { SocketConfig } from '@whiskeysockets/baileys';

type ClientLogger = SocketConfig['logger'];

/** Where the client's own messages go, as bare text. */
export type ClientLogSink = (level: 'debug' | 'warn' | 'error', message: string) => void;

/** Runs of digits that could be a phone number, and whatever could be a key or an address. */
const PRIVATE = /\S+@\S+|\d{5,}|[A-Za-z0-9+/=_-]{24,}/g;

/** A text without numbers, addresses and keys. */
export const masked = (text: string): string => text.replaceAll(PRIVATE, '…');

function errorIn(value: unknown): string {
  if (value instanceof Error) return `: ${masked(value.message)}`;
  if (typeof value !== 'object' || value === null) return '';
  for (const one of Object.values(value)) if (one instanceof Error) return `: ${masked(one.message)}`;
  return '';
}

/**
 * The client's logger. Baileys logs stanzas, keys and numbers as objects: they are dropped. Only its sentences pass, masked, with
 * the message of an error beside them. Its information is our debugging.
 */
export function clientLogger(sink: ClientLogSink): ClientLogger {
  const write = (level: 'debug' | 'warn' | 'error') => (value: unknown, message?: string) => {
    const sentence = message ?? (typeof value === 'string' ? value : '');
    sink(level, `${masked(sentence)}${errorIn(value)}`);
  };
  const logger: ClientLogger = {
    level: 'warn',
    child: () => logger,
    trace: () => undefined,
    debug: () => undefined,
    info: () => undefined,
    warn: write('debug'),
    error: write('warn'),
  };
  return logger;
}
