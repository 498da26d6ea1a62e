import { X509Certificate } from 'node:crypto';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { WA_CERT_DETAILS } from '@whiskeysockets/baileys';
import { afterEach, describe, expect, it } from 'vitest';
import { SIMULATOR_CERTIFICATE } from '../../simulator/whatsapp/root-key.js';
import { socketOptions, trustSimulator, versionOf, type NetworkSettings } from './connect.js';

const simulator: NetworkSettings = { network: 'simulator', simulatorUrl: 'ws://127.0.0.1:3100/ws/chat', simulatorRootKey: 'ab'.repeat(32) };
const genuine = Buffer.from(WA_CERT_DETAILS.PUBLIC_KEY);
const authorities = getCACertificates('default');
afterEach(() => {
  WA_CERT_DETAILS.PUBLIC_KEY = genuine;
  setDefaultCACertificates(authorities);
});

describe('the network', () => {
  it("takes the simulator's root key only for the simulator", () => {
    expect(() => trustSimulator({ ...simulator, network: 'real' })).toThrow(/only with WHATSAPP=simulator/);
    expect(Buffer.from(WA_CERT_DETAILS.PUBLIC_KEY).equals(genuine)).toBe(true);
    trustSimulator(simulator);
    expect(Buffer.from(WA_CERT_DETAILS.PUBLIC_KEY).toString('hex')).toBe('ab'.repeat(32));
  });

  it("takes the certificate of the simulator's media host beside the known authorities, and only for the simulator", () => {
    const simulatorCertificate = SIMULATOR_CERTIFICATE;
    const pem = new X509Certificate(Buffer.from(simulatorCertificate, 'base64')).toString().trim();
    expect(() => trustSimulator({ ...simulator, simulatorCertificate, network: 'real' })).toThrow(/only with WHATSAPP=simulator/);
    const trusted = () => new Set(getCACertificates('default').map((one) => one.trim()));
    const before = trusted();
    expect(before).not.toContain(pem);
    trustSimulator({ ...simulator, simulatorCertificate });
    expect(trusted()).toEqual(new Set([...before, pem]));
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
