import { describe, expect, it } from 'vitest';
import { BufferJSON, isWABusinessPlatform } from '@whiskeysockets/baileys';
import { ANA, BUSINESS, client, linkedClient, simulation } from './testing/simulation.js';
import { until } from './testing/until.js';

describe('linking a client', () => {
  it('by QR: the client restarts, logs in and is told that the phone is a WhatsApp Business', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    network.putAccount(BUSINESS, { name: 'Fibra Sur' });
    const device = client(simulated).connect();

    await network.scan(BUSINESS, await device.untilQr());
    await device.untilOpen();

    expect(device.closes).toEqual([expect.objectContaining({ code: 515 })]);
    expect(device.socket.user).toMatchObject({ id: `${BUSINESS}:1@s.whatsapp.net`, name: 'Fibra Sur' });
    expect(isWABusinessPlatform(device.auth.creds.platform ?? '')).toBe(true);
    await until(() => network.accounts[0]?.online, 'the account is online');
    expect(network.accounts).toEqual([{ number: BUSINESS, name: 'Fibra Sur', business: true, linked: true, online: true }]);
    await until(() => device.auth.creds.myAppStateKeyId, 'the phone has shared its keys');
    expect(network.unknown).toEqual([]);
  });

  it('by code: the owner types the eight characters, with or without the hyphen', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    const device = client(simulated).connect();
    await device.untilQr();

    const code = await device.socket.requestPairingCode(BUSINESS);
    await network.enterCode(BUSINESS, `${code.slice(0, 4)}-${code.slice(4)}`.toLowerCase());
    await device.untilOpen();

    expect(device.socket.user?.id).toBe(`${BUSINESS}:1@s.whatsapp.net`);
    expect(network.unknown).toEqual([]);
  });

  it('a wrong code links nothing; the right one may follow', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    const device = client(simulated).connect();
    await device.untilQr();
    await expect(network.enterCode(BUSINESS, 'AAAA1111')).rejects.toMatchObject({ code: 'code_unexpected' });

    const code = await device.socket.requestPairingCode(BUSINESS);
    await expect(network.enterCode(BUSINESS, code === 'AAAA1111' ? 'AAAA2222' : 'AAAA1111')).rejects.toMatchObject({ code: 'code_wrong' });
    expect(network.accounts[0]).toMatchObject({ linked: false });
    await network.enterCode(BUSINESS, code);

    await device.untilOpen();
  });

  it('tells an ordinary WhatsApp from WhatsApp Business: platform android, no business name', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    network.putAccount(BUSINESS, { name: 'Juan', business: false });
    const device = client(simulated).connect();

    await network.scan(BUSINESS, await device.untilQr());
    await until(() => device.auth.creds.platform, 'the client knows the platform');

    expect(device.auth.creds.platform).toBe('android');
    expect(isWABusinessPlatform(device.auth.creds.platform ?? '')).toBe(false);
    expect(device.auth.creds.me?.name).toBeUndefined();
    await device.untilOpen();
  });

  it('a QR works once, and only while the client that shows it is connected', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    const device = client(simulated).connect();
    const qr = await device.untilQr();
    await device.disconnect();

    await expect(until(() => device.closes.length, 'closed').then(() => network.scan(BUSINESS, qr))).rejects.toMatchObject({
      code: 'qr_unknown',
    });
    await expect(network.scan(BUSINESS, 'https://example.com')).rejects.toMatchObject({ code: 'qr_invalid' });
  });

  it('a forged QR secret is refused by the client, and nothing is linked', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    const device = client(simulated).connect();
    device.reconnects = false;
    const fields = (await device.untilQr()).split(',');
    fields[3] = Buffer.alloc(32, 1).toString('base64');

    await expect(network.scan(BUSINESS, fields.join(','))).rejects.toMatchObject({ code: 'linking_failed' });

    await until(() => device.closes[0]?.message === 'Invalid account signature', 'the client says why');
    expect(network.accounts[0]?.linked).toBe(false);
  });

  it('the phone sends a fresh device the recent chats, which reach the client as history only', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    network.putAccount(BUSINESS);
    network.putPerson(ANA, { name: 'Ana' });
    await network.personSends(ANA, BUSINESS, 'de antes');
    const device = client(simulated);
    const history: string[] = [];
    device.connect();
    await network.scan(BUSINESS, await device.untilQr());
    await device.untilOpen();
    device.socket.ev.on('messaging-history.set', ({ messages }) => {
      history.push(...messages.map(({ message }) => message?.conversation ?? ''));
    });

    await until(() => history.includes('de antes'), 'the history has come');
    expect(device.texts).toEqual([]);
  });
});

describe('a linked client', () => {
  it('comes back after its connection ended, as the same device', async () => {
    const simulated = await simulation();
    const device = await linkedClient(simulated);
    await device.disconnect();
    device.reconnects = true;
    device.connect();
    await until(() => device.opened === 2, 'it is back');
    expect(device.auth.creds.me?.id).toBe(`${BUSINESS}:1@s.whatsapp.net`);
  });

  it('is told that another connection with its credentials replaced it', async () => {
    const simulated = await simulation();
    const device = await linkedClient(simulated);
    const twin = client(simulated);
    Object.assign(twin.auth.creds, JSON.parse(JSON.stringify(device.auth.creds, BufferJSON.replacer), BufferJSON.reviver));
    const closed = device.untilClosed();
    twin.connect();
    expect(await closed).toMatchObject({ code: 440 });
  });

  it('that the phone removes is closed with 401 and stays out', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    const device = await linkedClient(simulated);
    const closed = device.untilClosed();

    network.unlink(BUSINESS);
    expect(await closed).toMatchObject({ code: 401 });
    expect(network.accounts[0]).toMatchObject({ linked: false, online: false });

    const again = device.untilClosed();
    device.connect();
    expect(await again).toMatchObject({ code: 401 });
  });

  it('may end the link by itself', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    const device = await linkedClient(simulated);
    await device.socket.logout();
    await until(() => !network.accounts[0]?.linked, 'the account is free');
    await until(() => device.closes.at(-1)?.code === 401, 'the client is logged out');
  });
});
