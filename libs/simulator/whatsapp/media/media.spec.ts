import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadMediaMessage, proto } from '@whiskeysockets/baileys';
import { afterEach, describe, expect, it } from 'vitest';
import { CertificateAuthority } from '../certificates.js';
import { SIMULATOR_CERTIFICATE } from '../root-key.js';
import type { RunningNetwork } from '../start.js';
import { pdf, png } from '../testing/files.js';
import { ANA, BUSINESS, client, linkedClient, simulation } from '../testing/simulation.js';
import { until } from '../testing/until.js';
import { decryptFile, encryptFile } from './media-crypto.js';
import { tlsIdentity } from './tls-certificate.js';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((path) => rmSync(path, { recursive: true, force: true })));

const hashOf = (blob: Buffer) => createHash('sha256').update(blob).digest('base64url');

/** What a client's upload gets as an answer. */
const upload = async ({ network }: RunningNetwork, path: string, blob: Buffer) => {
  const response = await fetch(network.media.urlOf(path), { method: 'POST', body: blob });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
};

describe('the media host', () => {
  it('has the certificate that clients can be given beforehand, also under another root', () => {
    const { root } = new CertificateAuthority();
    expect(tlsIdentity(root).certificate.toString('base64')).toBe(SIMULATOR_CERTIFICATE);
    expect(tlsIdentity({ ...root, private: randomBytes(32) }).certificate.toString('base64')).not.toBe(SIMULATOR_CERTIFICATE);
  });

  it('is not trusted by whoever was not told to', async () => {
    const { network } = await simulation();
    const trustsNobody = { ca: [], rejectUnauthorized: true };
    const failure = new Promise((resolve) => request(network.media.urlOf('/v/x'), trustsNobody).on('error', resolve).end());
    expect(await failure).toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  });

  it('takes only what has the hash that it says, from who has the proof that the network gave', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    const { blob } = encryptFile(pdf(), 'document');
    const auth = encodeURIComponent(network.media.authOf(BUSINESS));

    expect(await upload(simulated, `/mms/document/${hashOf(blob)}?auth=${auth}`, Buffer.concat([blob, blob]))).toMatchObject({ status: 400 });
    expect(await upload(simulated, `/mms/document/${hashOf(blob)}?auth=${BUSINESS}.x`, blob)).toMatchObject({ status: 401 });
    expect(await upload(simulated, `/mms/poem/${hashOf(blob)}?auth=${auth}`, blob)).toMatchObject({ status: 404 });
    const { status, body } = await upload(simulated, `/mms/document/${hashOf(blob)}?auth=${auth}`, blob);
    expect([status, body['url']]).toEqual([200, network.media.urlOf(body['direct_path'] ?? '')]);
    expect(Buffer.from(await (await fetch(body['url'] ?? '')).arrayBuffer()).equals(blob)).toBe(true);
    expect((await fetch(network.media.urlOf('/v/t62/nada.enc?mms3=true'))).status).toBe(404);
  });

  it('shows no file that is not what its message says', async () => {
    const simulated = await simulation();
    const { network, controlUrl } = simulated;
    const { blob, mediaKey, fileSha256 } = encryptFile(pdf(), 'document');
    const damaged = Buffer.concat([blob.subarray(0, -1), Buffer.from([(blob.at(-1) ?? 0) ^ 1])]);
    const fileEncSha256 = Buffer.from(hashOf(damaged), 'base64url');
    network.media.upload(BUSINESS, hashOf(damaged), damaged);
    const documentMessage = { mediaKey, fileSha256, fileEncSha256, mimetype: 'application/pdf' };
    network.media.learn(Buffer.from(proto.Message.encode({ documentMessage }).finish()));

    const answer = await fetch(`${controlUrl}/media/${hashOf(damaged)}`);
    expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'media_damaged' }]);
    expect(await (await fetch(`${controlUrl}/media/${hashOf(blob)}`)).json()).toMatchObject({ code: 'media_unknown' });
    expect(() => decryptFile(blob, 'document', mediaKey, randomBytes(32))).toThrow('wrong SHA-256');
  });

  it('gives browsers a type that cannot break the answer, whatever the message says', async () => {
    const { network, controlUrl } = await simulation();
    network.putAccount(BUSINESS);
    network.putPerson(ANA, { name: 'Ana' });
    const id = await network.personSends(ANA, BUSINESS, { document: { bytes: pdf(), mimetype: 'text/html\r\nx: y', fileName: 'año "1".pdf' } });
    const file = await fetch(controlUrl + (network.ledger.find('in', BUSINESS, ANA, id)?.media?.url ?? ''));
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/octet-stream']);
    expect(file.headers.get('content-disposition')).toBe(`inline; filename*=UTF-8''a%C3%B1o%20%221%22.pdf`);
    expect(file.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('keeps files and their paths over a restart', async () => {
    const stateDir = folders[folders.push(mkdtempSync(join(tmpdir(), 'media-'))) - 1] ?? '';
    const before = await simulation({ stateDir });
    const first = await linkedClient(before);
    before.network.putPerson(ANA, { name: 'Ana' });
    await first.disconnect();
    const id = await before.network.personSends(ANA, BUSINESS, { image: { bytes: png(), mimetype: 'image/png' } });
    const { port } = new URL(before.controlUrl);
    await before.stop();

    const after = await simulation({ stateDir, port: Number(port) });
    const again = client(after);
    again.takeOver(first);
    again.connect();
    const got = await until(() => again.messages.find(({ key }) => key.id === id), 'it comes at last');
    expect((await downloadMediaMessage(got, 'buffer', {})).equals(png())).toBe(true);
    const url = after.network.ledger.find('in', BUSINESS, ANA, id)?.media?.url ?? '';
    expect((await fetch(after.controlUrl + url)).status).toBe(200);
    after.network.reset();
    expect((await fetch(after.controlUrl + url)).status).toBe(404);
  });
});
