import { WA_CERT_DETAILS } from '@whiskeysockets/baileys';
import { afterEach, describe, expect, it } from 'vitest';
import { socketOptions, trustSimulator, versionOf, type NetworkSettings } from './connect.js';

const simulator: NetworkSettings = { network: 'simulator', simulatorUrl: 'ws://127.0.0.1:3100/ws/chat', simulatorRootKey: 'ab'.repeat(32) };
const genuine = Buffer.from(WA_CERT_DETAILS.PUBLIC_KEY);
afterEach(() => void (WA_CERT_DETAILS.PUBLIC_KEY = genuine));

describe('the network', () => {
  it("takes the simulator's root key only for the simulator", () => {
    expect(() => trustSimulator({ ...simulator, network: 'real' })).toThrow(/only with WHATSAPP=simulator/);
    expect(Buffer.from(WA_CERT_DETAILS.PUBLIC_KEY).equals(genuine)).toBe(true);
    trustSimulator(simulator);
    expect(Buffer.from(WA_CERT_DETAILS.PUBLIC_KEY).toString('hex')).toBe('ab'.repeat(32));
  });

  it('refuses a root key that is none', () => {
    expect(() => trustSimulator({ ...simulator, simulatorRootKey: 'ab' })).toThrow(/32 bytes/);
  });

  it('never sends a real number to the simulator', () => {
    expect(String(socketOptions({ ...simulator, network: 'real' }).waWebSocketUrl)).toMatch(/^wss:\/\/web\.whatsapp\.com\//);
    expect(socketOptions(simulator).waWebSocketUrl).toBe(simulator.simulatorUrl);
  });

  it('proves by TLS that it is WhatsApp, whatever the environment says', () => {
    const { waWebSocketUrl, agent } = socketOptions({ ...simulator, network: 'real' });
    expect(new URL(String(waWebSocketUrl)).protocol).toBe('wss:');
    expect(agent?.options.rejectUnauthorized).toBe(true);
  });

  it('lets the version be set', () => {
    expect(socketOptions({ ...simulator, version: '2.3000.17' }).version).toEqual([2, 3000, 17]);
    expect(() => versionOf('2.x')).toThrow(/WHATSAPP_VERSION/);
  });
});
