import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { pairingContext, readPairing } from '../../libs/domain/pairing.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import type { CompanyBox } from '../../libs/vault/vault.js';
import type { RunningCopy } from '../stories/running-copy.js';

const COMPANY = 'demo';
/** Pairings under way at once: each is some hundred milliseconds of cryptography on both sides. */
const AT_ONCE = 4;

/** More numbers of the demo company, each linked by its QR as a phone would. */
export class LinkedNumbers {
  private constructor(
    private readonly copy: RunningCopy,
    private readonly pool: pg.Pool,
    private readonly box: CompanyBox,
    /** The numbers that are linked, the demo's first. */
    readonly numbers: string[],
  ) {}

  static async of(copy: RunningCopy): Promise<LinkedNumbers> {
    const { pool, vault } = copy.opened();
    return new LinkedNumbers(copy, pool, await vault.forCompany(COMPANY), [await copy.account()]);
  }

  /** Links until there are `count`. */
  async grow(count: number): Promise<void> {
    const wanted = Array.from({ length: count - this.numbers.length }, (_, index) => `549349${String(this.numbers.length + index).padStart(7, '0')}`);
    const next = async (): Promise<void> => {
      for (let number = wanted.shift(); number !== undefined; number = wanted.shift()) {
        await this.link(number);
        this.numbers.push(number);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  private async link(number: string): Promise<void> {
    const channel = randomUUID();
    await this.pool.query("insert into channels (company, id, name, wanted, debounce_ms) values ($1, $2, $3, true, 0)", [COMPANY, channel, `Banco ${number}`]);
    const qr = await waitFor('a QR', async () => {
      const { rows } = await this.pool.query<{ pairing: Buffer | null }>('select pairing from channels where id = $1', [channel]);
      const sealed = rows[0]?.pairing;
      const shown = sealed && readPairing(this.box.open(sealed, pairingContext(channel)).toString());
      return shown?.kind === 'qr' ? shown.text : undefined;
    }, 60_000);
    await this.copy.network.scan(number, qr);
    await waitFor(`${number} to be linked`, async () => {
      const { rows } = await this.pool.query<{ state: string }>('select state from channels where id = $1', [channel]);
      return rows[0]?.state === 'linked';
    }, 60_000);
  }
}
