import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { normalizeMessageContent, proto } from '@whiskeysockets/baileys';
import type { Faults } from '../faults.js';
import { SimulatorError } from '../errors.js';
import type { KeyPair } from '../keys.js';
import type { Store } from '../store.js';
import { Blobs } from './blobs.js';
import { decryptFile, encryptFile, MEDIA_KINDS, type MediaKind, sha256 } from './media-crypto.js';
import { type TlsIdentity, tlsIdentity } from './tls-certificate.js';

/** Where a blob can be fetched, until it expires. */
interface MediaPath {
  hash: string;
  /** Number of the business whose client uploaded it or to which it was sent. */
  account: string;
  expired?: boolean;
}

/** What opens a blob, as some message told it. */
interface MediaSecret {
  kind: MediaKind;
  mediaKey: Buffer;
  fileSha256?: Buffer;
  mimetype: string;
  fileName?: string;
}

/** A file that a phone can show. */
export interface OpenFile {
  bytes: Buffer;
  mimetype: string;
  fileName?: string;
}

/** The fields of a message that every kind of file has. */
export type FilePart = Pick<
  proto.Message.IDocumentMessage,
  'url' | 'directPath' | 'mediaKey' | 'mediaKeyTimestamp' | 'fileSha256' | 'fileEncSha256' | 'fileLength' | 'mimetype'
>;

export type Fetched = { blob: Buffer } | { status: 404 | 410 };

/** What may be said of a file to a browser, whatever a message says of it. */
const MIMETYPE = /^[\w.+-]+\/[\w.+-]+(?:; ?[\w-]+=[\w.,"-]+)*$/;

/** Name of a blob in paths and addresses: its SHA-256 in base64url. */
export const hashName = (hash: Uint8Array): string => Buffer.from(hash).toString('base64url');

/** The network's media host: encrypted files, the paths under which they can be fetched, and what phones know to open them. */
export class Media {
  /** `host:port` under which clients reach it; set when the server listens and by each client that comes in. */
  host = 'localhost';
  /** The media host's. */
  readonly tls: TlsIdentity;
  private readonly blobs: Blobs;
  private readonly paths = new Map<string, MediaPath>();
  private readonly secrets = new Map<string, MediaSecret>();

  constructor(
    private readonly store: Store,
    private readonly faults: Faults,
    private readonly root: KeyPair,
    stateDir?: string,
  ) {
    this.tls = tlsIdentity(root);
    this.blobs = new Blobs(stateDir);
  }

  /** What a client of that business must show when it uploads. */
  authOf(account: string): string {
    const proof = createHmac('sha256', this.root.private).update(`media of ${account}`).digest('base64url');
    return `${account}.${proof}`;
  }

  /** The business to which that proof was given. */
  accountOf(auth: string): string | undefined {
    const [account = ''] = auth.split('.');
    const [given, right] = [Buffer.from(auth), Buffer.from(this.authOf(account))];
    return given.length === right.length && timingSafeEqual(given, right) ? account : undefined;
  }

  /** A client uploads what it has encrypted; answers the path, or undefined if the hash is not the content's. */
  upload(account: string, hash: string, blob: Buffer): string | undefined {
    if (hashName(sha256(blob)) !== hash) return undefined;
    this.blobs.put(hash, blob);
    return this.newPath(hash, account);
  }

  /** A phone encrypts a file and uploads it: the fields of the message that carries it. */
  send(account: string, kind: MediaKind, file: Buffer, mimetype: string): FilePart {
    const { blob, mediaKey, fileSha256, fileEncSha256, fileLength } = encryptFile(file, kind);
    const hash = hashName(fileEncSha256);
    this.blobs.put(hash, blob);
    const directPath = this.newPath(hash, account);
    const mediaKeyTimestamp = Math.floor(Date.now() / 1000);
    return { url: this.urlOf(directPath), directPath, mediaKey, mediaKeyTimestamp, fileSha256, fileEncSha256, fileLength, mimetype };
  }

  /** What a client gets that asks for a path. A fault may let the path expire at that moment, for good. */
  fetch(directPath: string): Fetched {
    const path = this.paths.get(directPath);
    if (!path) return { status: 404 };
    if (!path.expired && this.faults.take('expire-media', path.account)) {
      path.expired = true;
      this.savePath(directPath, path);
    }
    const blob = path.expired ? undefined : this.blobs.get(path.hash);
    return blob ? { blob } : { status: path.expired ? 410 : 404 };
  }

  /** The phone uploads a file once more, which it still has: a fresh path, or undefined if it never had it. */
  uploadAgain(account: string, fileEncSha256: Uint8Array): string | undefined {
    const hash = hashName(fileEncSha256);
    return this.blobs.get(hash) ? this.newPath(hash, account) : undefined;
  }

  /**
   * A phone got a message: from now on it can open the file in it.
   * @param encoded the message, if it has a file
   */
  learn(encoded: Buffer | undefined): void {
    const found = encoded && fileOf(proto.Message.decode(encoded));
    if (!found?.part.fileEncSha256?.length || !found.part.mediaKey?.length) return;
    const { kind, part } = found;
    const hash = hashName(part.fileEncSha256 ?? Buffer.alloc(0));
    if (this.secrets.has(hash)) return;
    const secret: MediaSecret = {
      kind,
      mediaKey: Buffer.from(part.mediaKey ?? []),
      ...(part.fileSha256?.length && { fileSha256: Buffer.from(part.fileSha256) }),
      mimetype: MIMETYPE.test(part.mimetype ?? '') ? (part.mimetype ?? '') : 'application/octet-stream',
      ...(part.fileName && { fileName: part.fileName }),
    };
    this.secrets.set(hash, secret);
    this.store.put('mediaSecret', hash, () => secret);
  }

  /**
   * The file as a phone shows it, by its encrypted content's hash.
   * @throws SimulatorError media_unknown, or media_damaged if MAC or content do not fit its message
   */
  open(hash: string): OpenFile {
    const secret = this.secrets.get(hash);
    const blob = secret && this.blobs.get(hash);
    if (!blob) throw new SimulatorError('media_unknown');
    const { kind, mediaKey, fileSha256, mimetype, fileName } = secret;
    try {
      return { bytes: decryptFile(blob, kind, mediaKey, fileSha256), mimetype, ...(fileName && { fileName }) };
    } catch {
      throw new SimulatorError('media_damaged');
    }
  }

  urlOf(directPath: string): string {
    return `https://${this.host}${directPath}`;
  }

  restore(): void {
    for (const { key, value } of this.store.load<MediaPath>('mediaPath')) this.paths.set(key, value);
    for (const { key, value } of this.store.load<MediaSecret>('mediaSecret')) this.secrets.set(key, value);
  }

  clear(): void {
    this.paths.clear();
    this.secrets.clear();
    this.blobs.clear();
  }

  private newPath(hash: string, account: string): string {
    const directPath = `/v/t62/${randomBytes(12).toString('hex')}.enc?mms3=true`;
    const path = { hash, account };
    this.paths.set(directPath, path);
    this.savePath(directPath, path);
    return directPath;
  }

  private savePath(directPath: string, path: MediaPath): void {
    this.store.put('mediaPath', directPath, () => path);
    this.store.flush();
  }
}

/** The file in a message, if it is one of these kinds. */
export function fileOf(message: proto.IMessage): { kind: MediaKind; part: FilePart & { fileName?: string | null } } | undefined {
  const content = normalizeMessageContent(message);
  for (const kind of MEDIA_KINDS) {
    const part = content?.[`${kind}Message`];
    if (part) return { kind, part };
  }
  return undefined;
}
