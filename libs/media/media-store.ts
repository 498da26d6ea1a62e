/**
 * Where the bytes of files are: by company and by the hash of what they are, so that the same file is there once and nothing is ever
 * overwritten. What a file is called, and whose message it belongs to, is in `media_files`.
 */
export interface MediaStore {
  /**
   * Keeps a file, for good when this resolves. Storing the same again changes nothing.
   * @returns SHA-256 of the bytes in hex, and their number
   * @throws MediaUnavailable when the store cannot be reached or written; the same call may be made again
   */
  put(company: string, bytes: Uint8Array): Promise<{ sha256: string; size: number }>;
  /**
   * The bytes, or nothing when this company has no such file.
   * @param part reads no more than that of the file, which must have it
   * @throws MediaUnavailable
   */
  open(company: string, sha256: string, part?: FilePart): Promise<Uint8Array | undefined>;
  /** @throws MediaUnavailable */
  has(company: string, sha256: string): Promise<boolean>;
}

/** The first and the last byte, both included. */
export interface FilePart {
  first: number;
  last: number;
}

/** A store whose operator may take a company's files out of it. */
export interface ErasableStore extends MediaStore {
  /** Deletes all files of a company. @returns how many there were @throws MediaUnavailable; the same call may be made again */
  erase(company: string): Promise<number>;
}

/** The store could not do it now: full disk, no permission, no network. Nothing is half written. */
export class MediaUnavailable extends Error {
  override readonly name = 'MediaUnavailable';
}
