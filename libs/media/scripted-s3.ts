import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

/**
 * A bucket on this machine, for specs: keeps objects in memory and checks each request as S3 does: the signature, computed here by
 * AWS's recipe ("Create a signed AWS API request"), and the hash of the body.
 */
export class ScriptedS3 {
  readonly objects = new Map<string, Buffer>();
  readonly refused: string[] = [];
  /** Status that is answered to everything, if any. */
  fails: number | undefined;
  private readonly server: Server;

  constructor(private readonly keys: { accessKeyId: string; secretAccessKey: string; region: string }) {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (this.fails !== undefined) return void response.writeHead(this.fails).end();
    const problem = this.problemOf(request, body);
    if (problem !== undefined) {
      this.refused.push(problem);
      return void response.writeHead(403).end(problem);
    }
    const key = request.url!;
    const list = /^(\/[^/]+\/)\?list-type=2&prefix=([^&]+)$/.exec(key);
    if (list) return void response.writeHead(200).end(this.listOf(list[1]!, decodeURIComponent(list[2]!)));
    if (request.method === 'DELETE') {
      this.objects.delete(key);
      return void response.writeHead(204).end();
    }
    const object = this.objects.get(key);
    if (request.method === 'PUT') {
      this.objects.set(key, body);
      return void response.writeHead(200).end();
    }
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    if (object && first !== undefined) return void response.writeHead(206).end(object.subarray(Number(first), Number(last) + 1));
    response.writeHead(object ? 200 : 404).end(request.method === 'GET' ? object : undefined);
  }

  /** Two at a time, so that whoever lists must ask again. */
  private listOf(bucket: string, prefix: string): string {
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(bucket + prefix)).slice(0, 2);
    return `<ListBucketResult>${keys.map((key) => `<Contents><Key>${key.slice(bucket.length)}</Key></Contents>`).join('')}</ListBucketResult>`;
  }

  private problemOf({ method, url, headers }: IncomingMessage, body: Buffer): string | undefined {
    const given = /Credential=([^/]+)\/(\d+)\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]+)/.exec(headers.authorization ?? '');
    if (!given) return 'no signature';
    const [, id, day, region, signed, signature] = given as unknown as [string, string, string, string, string, string];
    const content = String(headers['x-amz-content-sha256']);
    if (method === 'PUT' && content !== sha256(body)) return 'XAmzContentSHA256Mismatch';
    if (id !== this.keys.accessKeyId || region !== this.keys.region) return 'InvalidAccessKeyId';
    const lines = signed.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
    const [path, query = ''] = url!.split('?');
    const canonical = [method, path, query, lines.join(''), signed, content].join('\n');
    const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], `${day}/${region}/s3/aws4_request`, sha256(canonical)].join('\n');
    const key = ['aws4_request', 's3', region, day].reduceRight<Buffer | string>((secret, part) => hmac(secret, part), `AWS4${this.keys.secretAccessKey}`);
    return hmac(key, toSign).toString('hex') === signature ? undefined : 'SignatureDoesNotMatch';
  }
}
