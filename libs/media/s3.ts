import { AwsClient } from 'aws4fetch';
import { companyKey, mediaKey, sha256Of } from './media-key.js';
import { MediaUnavailable, type ErasableStore, type FilePart } from './media-store.js';

export interface S3Settings {
  /** Base URL of the service, e.g. https://s3.sa-east-1.amazonaws.com or http://minio:9000; the bucket follows in the path. */
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** A request that takes longer is given up; a file has some tens of megabytes at most. */
const LIMIT_MS = 60_000;

/**
 * Files in a bucket of S3 or of what speaks its language (MinIO, Garage, R2, …): PUT, GET, HEAD and DELETE of an object and lists of them, signed with AWS
 * Signature Version 4, addressed by path. The payload's hash is part of the signature, so that the service refuses what was damaged on
 * its way (AWS: "Authenticating Requests (AWS Signature Version 4)").
 */
export class S3 implements ErasableStore {
  private readonly client: AwsClient;

  constructor(private readonly settings: S3Settings) {
    const { accessKeyId, secretAccessKey, region } = settings;
    this.client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 });
  }

  async put(company: string, bytes: Uint8Array): Promise<{ sha256: string; size: number }> {
    const sha256 = sha256Of(bytes);
    if (!(await this.has(company, sha256))) {
      const headers = { 'x-amz-content-sha256': sha256, 'content-type': 'application/octet-stream' };
      const answer = await this.ask(mediaKey(company, sha256), { method: 'PUT', body: bytes, headers });
      await answer.arrayBuffer();
      if (!answer.ok) throw new MediaUnavailable(`the bucket refused a file (${answer.status})`);
    }
    return { sha256, size: bytes.byteLength };
  }

  async open(company: string, sha256: string, part?: FilePart): Promise<Uint8Array | undefined> {
    const headers = part ? { range: `bytes=${part.first}-${part.last}` } : undefined;
    const answer = await this.ask(mediaKey(company, sha256), { method: 'GET', ...(headers ? { headers } : {}) });
    const body = await answer.arrayBuffer().catch(() => undefined);
    if (answer.status === 404) return undefined;
    if (!answer.ok || body === undefined) throw new MediaUnavailable(`the bucket gave no file (${answer.status})`);
    return new Uint8Array(body);
  }

  async has(company: string, sha256: string): Promise<boolean> {
    const { ok, status } = await this.ask(mediaKey(company, sha256), { method: 'HEAD' });
    if (!ok && status !== 404) throw new MediaUnavailable(`the bucket did not say (${status})`);
    return ok;
  }

  async erase(company: string): Promise<number> {
    for (let erased = 0; ; ) {
      const keys = await this.firstOf(companyKey(company));
      if (!keys.length) return erased;
      for (const key of keys) {
        const { ok, status } = await this.ask(key, { method: 'DELETE' });
        if (!ok) throw new MediaUnavailable(`the bucket kept a file (${status})`);
        erased++;
      }
    }
  }

  /** The first thousand keys of a company (ListObjectsV2). */
  private async firstOf(company: string): Promise<string[]> {
    const answer = await this.ask(`?list-type=2&prefix=${company}%2F`, { method: 'GET' });
    if (!answer.ok) throw new MediaUnavailable(`the bucket gave no list (${answer.status})`);
    return [...(await answer.text()).matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key]) => key!);
  }

  private async ask(key: string, request: { method: string; body?: Uint8Array; headers?: Record<string, string> }): Promise<Response> {
    const { endpoint, bucket } = this.settings;
    const { body, ...rest } = request;
    try {
      const signal = AbortSignal.timeout(LIMIT_MS);
      return await this.client.fetch(`${endpoint.replace(/\/$/, '')}/${bucket}/${key}`, { ...rest, ...(body ? { body: Buffer.from(body) } : {}), signal });
    } catch (error) {
      throw new MediaUnavailable(`the bucket cannot be reached (${error instanceof Error ? error.name : 'unknown'})`);
    }
  }
}
