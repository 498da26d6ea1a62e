import { join } from 'node:path';
import type { Env } from '../config/env.js';
import { LocalFolder } from './local-folder.js';
import type { ErasableStore } from './media-store.js';
import { S3 } from './s3.js';

/** The media store that the environment names: a bucket if there is one, else a folder. */
export function openMedia(settings: Env): ErasableStore {
  const { MEDIA_BUCKET: bucket, MEDIA_BUCKET_ENDPOINT: endpoint, MEDIA_BUCKET_ACCESS_KEY_ID: accessKeyId, MEDIA_BUCKET_SECRET_ACCESS_KEY: secretAccessKey } = settings;
  if (bucket === undefined) return new LocalFolder(settings.MEDIA_DIR ?? join(settings.DATA_DIR, 'media'));
  // env.ts lets no bucket through without these.
  return new S3({ bucket, endpoint: endpoint!, region: settings.MEDIA_BUCKET_REGION, accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey! });
}
