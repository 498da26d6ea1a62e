import { downloadMediaMessage, proto, type WAMessage } from '@whiskeysockets/baileys';
import { describe, expect, it } from 'vitest';
import { textOf } from '../testing/client.js';
import { png } from '../testing/files.js';
import { ANA, BUSINESS, linkedClient, simulation } from '../testing/simulation.js';
import { until } from '../testing/until.js';

const download = (message: WAMessage) => downloadMediaMessage(message, 'buffer', {});

async function photographed() {
  const simulated = await simulation();
  const device = await linkedClient(simulated);
  const { network } = simulated;
  network.putPerson(ANA, { name: 'Ana' });
  const image = { bytes: png(), mimetype: 'image/png' };
  const id = await network.personSends(ANA, BUSINESS, { image });
  const message = await until(() => device.messages.find(({ key }) => key.id === id), 'the client gets it');
  return { network, device, message, image };
}

describe('a file that has expired', () => {
  it('is uploaded again by the phone when the client asks for it', async () => {
    const { network, device, message } = await photographed();
    network.addFault({ kind: 'expire-media', times: 1 });

    await expect(download(message)).rejects.toMatchObject({ output: { statusCode: 410 } });
    await expect(download(message), 'and for good').rejects.toMatchObject({ output: { statusCode: 410 } });
    const before = message.message?.imageMessage?.directPath;
    // Until it has asked for the media host, the client takes the real one for the new path.
    await device.socket.refreshMediaConn();
    const renewed = await device.socket.updateMediaMessage(message);

    expect(renewed.message?.imageMessage?.directPath).not.toBe(before);
    expect((await download(renewed)).equals(png())).toBe(true);
    expect(network.unknown).toEqual([]);
  });

  it('is gone when the phone has it no longer', async () => {
    const { network, device, message } = await photographed();
    network.addFault({ kind: 'lose-media', times: 1 });
    await expect(device.socket.updateMediaMessage(message)).rejects.toMatchObject({ output: { statusCode: 404 } });
    network.addFault({ kind: 'expire-media', account: '5493410000009', times: 1 });
    expect((await download(message)).equals(png()), 'a fault of another number').toBe(true);
  });

  it('can be asked for again also if the owner sent it', async () => {
    const { network, device, image } = await photographed();
    const id = await network.phoneSends(BUSINESS, ANA, { image });
    const own = await until(() => device.messages.find(({ key }) => key.id === id), 'the client sees it');
    const before = own.message?.imageMessage?.directPath;
    await device.socket.refreshMediaConn();
    const renewed = await device.socket.updateMediaMessage(own);
    expect([renewed.message?.imageMessage?.directPath === before, (await download(renewed)).equals(png())]).toEqual([false, true]);
  });
});

describe('garble', () => {
  it('makes the next message unreadable; the client asks for it again and gets it', async () => {
    const { network, device } = await photographed();
    network.addFault({ kind: 'garble', times: 1 });

    const id = await network.personSends(ANA, BUSINESS, 'no se entiende');

    await device.untilText('no se entiende');
    const first = device.messages.find(({ key }) => key.id === id);
    expect(first?.messageStubType).toBe(proto.WebMessageInfo.StubType.CIPHERTEXT);
    expect(network.ledger.find('in', BUSINESS, ANA, id)).toMatchObject({ text: 'no se entiende', retries: 1 });
  });

  it('for good leaves the client with a placeholder, and other messages alone', async () => {
    const { network, device } = await photographed();
    network.addFault({ kind: 'garble', times: 20 });
    const id = await network.personSends(ANA, BUSINESS, 'nunca');
    const copies = () => device.received.filter(({ tag, attrs }) => tag === 'message' && attrs['id'] === id).length;
    await until(() => copies() === 6, 'the client has asked five times in vain');
    network.clearFaults();
    await network.personSends(ANA, BUSINESS, 'ahora sí');
    await device.untilText('ahora sí');
    expect(device.messages.filter(({ key }) => key.id === id).every((message) => textOf(message) === '')).toBe(true);
  });
});
