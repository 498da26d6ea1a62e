const EMPTY = Buffer.alloc(0);
/** "WA", protocol version 6, dictionary version 3: the Noise prologue. */
const PROLOGUE_LENGTH = 4;
/** "ED" 0 1 and a 3-byte length: routing info of an earlier session, sent before the prologue. */
const ROUTING_HEADER_LENGTH = 7;

const length24 = (data: Buffer, at: number): number => data.readUIntBE(at, 3);

/** Cuts a client's byte stream (`prologue`, then 3-byte length and payload, again and again) into frames. */
export class Deframer {
  private rest: Buffer = EMPTY;
  /** The stream's first bytes, part of the handshake's hash; empty until they came. */
  prologue: Buffer = EMPTY;

  /** @throws if the stream does not begin like a WhatsApp client's */
  push(data: Buffer): Buffer[] {
    this.rest = this.rest.length ? Buffer.concat([this.rest, data]) : data;
    if (!this.prologue.length && !this.takePrologue()) return [];
    const frames: Buffer[] = [];
    while (this.rest.length >= 3) {
      const end = 3 + length24(this.rest, 0);
      if (this.rest.length < end) break;
      frames.push(this.rest.subarray(3, end));
      this.rest = this.rest.subarray(end);
    }
    return frames;
  }

  private takePrologue(): boolean {
    if (this.rest.length < PROLOGUE_LENGTH) return false;
    if (this.rest.toString('latin1', 0, 2) === 'ED') {
      if (this.rest.length < ROUTING_HEADER_LENGTH) return false;
      const end = ROUTING_HEADER_LENGTH + length24(this.rest, 4);
      if (this.rest.length < end + PROLOGUE_LENGTH) return false;
      this.rest = this.rest.subarray(end);
    }
    if (this.rest.toString('latin1', 0, 2) !== 'WA') throw new Error('the stream does not begin with WA');
    this.prologue = Buffer.from(this.rest.subarray(0, PROLOGUE_LENGTH));
    this.rest = this.rest.subarray(PROLOGUE_LENGTH);
    return true;
  }
}

/** Puts the 3-byte length before a payload. */
export function frame(payload: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(3 + payload.length);
  framed.writeUIntBE(payload.length, 0, 3);
  framed.set(payload, 3);
  return framed;
}
