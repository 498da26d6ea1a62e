import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnv } from '../config/env.js';
import { LocalFolder } from './local-folder.js';
import { MediaUnavailable, type ErasableStore } from './media-store.js';
import { openMedia } from './open-media.js';
import { S3 } from './s3.js';
import { ScriptedS3 } from './scripted-s3.js';

const FILE = Buffer.from('un comprobante');
const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', region: 'sa-east-1' };
const bucket = new ScriptedS3(keys);
let folder: string;
let endpoint: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hilo-media-'));
  endpoint = await bucket.start();
});
afterAll(async () => {
  await bucket.stop();
  await rm(folder, { recursive: true, force: true });
});

const stores: [string, () => ErasableStore][] = [
  ['a folder', () => new LocalFolder(folder)],
  ['a bucket', () => new S3({ ...keys, endpoint, bucket: 'hilo' })],
];

describe.each(stores)('%s', (_name, open) => {
  it('keeps a file by its hash, once, for its company', async () => {
    const store = open();
    const { sha256, size } = await store.put('ours', FILE);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(size).toBe(FILE.byteLength);
    expect(await store.put('ours', FILE)).toEqual({ sha256, size });
    expect(Buffer.from((await open().open('ours', sha256))!)).toEqual(FILE);
    expect(Buffer.from((await store.open('ours', sha256, { first: 3, last: 5 }))!)).toEqual(FILE.subarray(3, 6));
    expect(await store.has('ours', sha256)).toBe(true);
    expect(await store.has('vecina', sha256)).toBe(false);
    expect(await store.open('vecina', sha256)).toBeUndefined();
  });

  it('forgets the files of one company, all of them', async () => {
    const store = open();
    const theirs = await store.put('theirs', FILE);
    for (const text of ['a', 'b', 'c']) await store.put('gone', Buffer.from(text));
    expect(await store.erase('gone')).toBe(3);
    expect(await store.erase('gone')).toBe(0);
    expect(await store.has('theirs', theirs.sha256)).toBe(true);
    await expect(store.erase('../theirs')).rejects.toThrow(RangeError);
  });

  it('is led nowhere else by a name', async () => {
    await expect(open().open('../ours', 'a'.repeat(64))).rejects.toThrow(RangeError);
    await expect(open().open('ours', '../../etc/passwd')).rejects.toThrow(RangeError);
  });
});

describe('what cannot be stored', () => {
  it('says so, and leaves no half file: a folder that is a file', async () => {
    const broken = join(folder, 'broken');
    await writeFile(broken, '');
    await expect(new LocalFolder(broken).put('ours', FILE)).rejects.toThrow(MediaUnavailable);
    expect(await readdir(folder)).not.toContainEqual(expect.stringMatching(/\.part$/));
  });

  it('says so: a bucket with another key, one that fails, one that is away', async () => {
    const settings = { ...keys, endpoint, bucket: 'hilo' };
    await expect(new S3({ ...settings, secretAccessKey: 'x' }).put('ours', FILE)).rejects.toThrow(MediaUnavailable);
    expect(bucket.refused).toContain('SignatureDoesNotMatch');
    bucket.fails = 503;
    await expect(new S3(settings).has('ours', 'a'.repeat(64))).rejects.toThrow(MediaUnavailable);
    bucket.fails = undefined;
    await expect(new S3({ ...settings, endpoint: 'http://127.0.0.1:9' }).open('ours', 'a'.repeat(64))).rejects.toThrow(MediaUnavailable);
  });
});

describe('the store of the environment', () => {
  it('is a folder, unless a bucket is named, which then must be whole', () => {
    expect(openMedia(readEnv({}))).toBeInstanceOf(LocalFolder);
    const whole = { MEDIA_BUCKET: 'hilo', MEDIA_BUCKET_ENDPOINT: endpoint, MEDIA_BUCKET_ACCESS_KEY_ID: 'a', MEDIA_BUCKET_SECRET_ACCESS_KEY: 'b' };
    expect(openMedia(readEnv(whole))).toBeInstanceOf(S3);
    expect(() => readEnv({ MEDIA_BUCKET: 'hilo' })).toThrow(/MEDIA_BUCKET_ENDPOINT.*must be set/);
  });
});
