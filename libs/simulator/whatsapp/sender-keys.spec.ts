import { encodeWAMessage } from '@whiskeysockets/baileys';
import { describe, expect, it } from 'vitest';
import { SenderKeys } from './sender-keys.js';
import { Store } from './store.js';

const GROUP = '120363000000000001@g.us';

function two() {
  const [author, reader] = [new SenderKeys('1', new Store()), new SenderKeys('2', new Store())];
  const says = (conversation: string) => author.encrypt(GROUP, encodeWAMessage({ conversation }));
  const shares = () => reader.take(GROUP, 'author', author.share(GROUP, 'reader').axolotlSenderKeyDistributionMessage ?? Buffer.alloc(0));
  const reads = (message: Buffer) => reader.decrypt(GROUP, 'author', message).conversation;
  return { author, reader, says, shares, reads };
}

describe('sender keys', () => {
  it('read what comes out of order, each message once, and nothing from before they were shared', () => {
    const { says, shares, reads } = two();
    const before = says('antes');
    shares();
    const [one, two_, three] = [says('uno'), says('dos'), says('tres')];

    expect([reads(three), reads(one), reads(two_)]).toEqual(['tres', 'uno', 'dos']);
    expect(() => reads(two_)).toThrow('read before');
    expect(() => reads(before)).toThrow('read before');
  });

  it('know a forged message, and can still read the true one', () => {
    const { says, shares, reads } = two();
    shares();
    const message = says('uno');
    const forged = Buffer.from(message);
    forged[10] = (forged[10] ?? 0) ^ 1;

    expect(() => reads(forged)).toThrow();
    expect(reads(message)).toBe('uno');
  });

  it('begin anew when somebody leaves: who has only the old key cannot read on', () => {
    const { author, says, shares, reads } = two();
    shares();
    const last = says('todavía');
    author.renew(GROUP);

    expect(author.isSharedWith(GROUP, 'reader')).toBe(false);
    expect(() => reads(says('sin vos'))).toThrow('no sender key');
    expect(reads(last)).toBe('todavía');
    shares();
    expect(reads(says('de vuelta'))).toBe('de vuelta');
  });
});
