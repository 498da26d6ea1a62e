import type { WASocket } from '@whiskeysockets/baileys';
import { describe, expect, it, vi } from 'vitest';
import { Composer, NotReady } from './outgoing/compose.js';
import { sendOrder, type SendParts } from './send.js';
import { Session } from './session.js';
import type { SendOrder, SessionStore } from './store.js';

const order = (more: Partial<SendOrder> = {}): SendOrder => ({
  waId: '3EB0A', kind: 'text', text: 'hola', state: 'sending', cause: null, addresses: ['5493415550001@s.whatsapp.net'], hasWritten: true, ...more,
});
const picture = order({ kind: 'image', details: { media: { mimetype: 'image/png' } }, file: { sha256: 'ab', mimetype: 'image/png' } });
const silent = { level: 'silent', child: () => silent, trace: () => undefined, debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** A send over a socket that takes everything and says nothing. */
function staged(sock: object = {}) {
  const waitForMessage = vi.fn((_id: string, _limitMs: number) => Promise.resolve(undefined));
  const relayMessage = vi.fn(() => Promise.resolve('3EB0A'));
  const [unsent, settle] = [vi.fn(() => Promise.resolve()), vi.fn(() => Promise.resolve())];
  const socket = {
    waitForMessage, relayMessage, authState: { creds: { advSecretKey: 'key', me: { id: '1@s.whatsapp.net' } } },
    signalRepository: { lidMapping: { getLIDForPN: () => Promise.resolve('1@lid') } }, ...sock,
  } as unknown as WASocket;
  const composer = new Composer({ sock: socket, logger: silent, openFile: () => Promise.resolve(Buffer.from('a picture')), keep: (_row, raw) => Promise.resolve(raw) });
  const parts = { session: new Session(1), settling: { settle }, store: { unsent } as unknown as SessionStore, composer, sock: socket, inFlight: new Set<string>() } as unknown as SendParts;
  return { parts, composer, waitForMessage, relayMessage, unsent, settle };
}

describe('an attempt to send', () => {
  it('waits a short while for the ack alone, however long the upload may take', async () => {
    const { parts, waitForMessage, settle } = staged({ waUploadToServer: () => Promise.resolve({ mediaUrl: 'https://x', directPath: '/x' }) });
    expect(await sendOrder(parts, '1', picture, 270_000)).toEqual({ state: 'unknown', cause: 'no-ack' });
    expect(waitForMessage.mock.calls[0]![1]).toBeLessThanOrEqual(10_000);
    expect(settle).toHaveBeenCalledWith({ waId: '3EB0A', state: 'unknown', cause: 'no-ack' });
  });

  it('never says of a text that an earlier attempt may have sent that nothing has left', async () => {
    const away = { signalRepository: { lidMapping: { getLIDForPN: () => Promise.reject(new Error('the database is away')) } } };
    const text = staged(away);
    expect(await sendOrder(text.parts, '1', order(), 1_000)).toEqual({ state: 'unsent', cause: 'database' });
    expect(text.unsent).not.toHaveBeenCalled();
    const kept = staged(away); // its row tells by the protobuf that is kept before it leaves
    expect(await sendOrder(kept.parts, '1', picture, 1_000)).toEqual({ state: 'unsent', cause: 'database' });
    expect(kept.unsent).toHaveBeenCalledWith('1', 'database');
  });

  it('gives an upload up over which nothing moves, and the next one begins anew', async () => {
    const waUploadToServer = vi.fn((_path: string, { timeoutMs }: { timeoutMs?: number }) =>
      timeoutMs === undefined ? new Promise<never>(() => undefined) : Promise.reject(new Error('Upload timeout')));
    const { composer } = staged({ waUploadToServer });
    await expect(composer.message('1', picture, '1@lid')).rejects.toThrow(NotReady);
    await expect(composer.message('1', picture, '1@lid')).rejects.toThrow('upload-failed');
    expect(waUploadToServer).toHaveBeenCalledTimes(2);
  });
});
