import { afterAll, describe, expect, it, vi } from 'vitest';

const printed = vi.spyOn(console, 'info').mockImplementation(() => undefined);
const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
await import('./quiet.js'); // after the spies: it wraps what it finds

afterAll(() => vi.restoreAllMocks());

class SessionEntry {
  currentRatchet = { ephemeralKeyPair: { privKey: Buffer.alloc(32) } };
}

describe('the console of the gateway', () => {
  it("never prints libsignal's sessions", () => {
    console.info('Closing session:', new SessionEntry());
    console.info('Opening session:', new SessionEntry());
    console.info('Removing old closed session:', new SessionEntry());
    console.warn('Session already closed', new SessionEntry());
    console.info('a sentence of the next release', new SessionEntry());
    console.warn({ privKey: Buffer.alloc(32) });
    console.warn(JSON.stringify(new SessionEntry()));
    expect(printed).not.toHaveBeenCalled();
    expect(warned).not.toHaveBeenCalled();
  });

  it('prints everything else', () => {
    console.info('listening', 3000);
    expect(printed).toHaveBeenCalledWith('listening', 3000);
  });
});
