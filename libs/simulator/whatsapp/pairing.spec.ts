import { describe, expect, it } from 'vitest';
import { isWABusinessPlatform } from '@whiskeysockets/baileys';
import { BUSINESS, client, simulation } from './testing/simulation.js';
import { until } from './testing/until.js';

describe('linking a client', () => {
  it('by QR: the client restarts, logs in and is told that the phone is a WhatsApp Business', async () => {
    const simulated = await simulation();
    const device = client(simulated).connect();

    await simulated.network.scan(BUSINESS, await device.untilQr());
    await device.untilOpen();

    expect(device.closes).toEqual([expect.objectContaining({ code: 515 })]);
    expect(device.socket.user?.id).toBe(`${BUSINESS}:1@s.whatsapp.net`);
    expect(isWABusinessPlatform(device.auth.creds.platform ?? '')).toBe(true);
    await until(() => simulated.network.accounts[0]?.online, 'the account is online');
    expect(simulated.network.accounts).toEqual([expect.objectContaining({ number: BUSINESS, linked: true, online: true })]);
    await until(() => device.auth.creds.myAppStateKeyId, 'the phone has shared its keys');
    expect(simulated.network.unknown).toEqual([]);
  });
});
