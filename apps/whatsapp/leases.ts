import type pg from 'pg';

/** The right to hold a number's socket and to write for it, until its clock runs out. A later holder has a higher epoch. */
export interface Lease {
  readonly channel: string;
  readonly company: string;
  readonly epoch: number;
  /** When it runs out by this process's own clock, in ms; moved on by each renewal. */
  untilMs: number;
}

export interface LeaseSettings {
  /** Who this process is. Two that live must differ; a successor may have its predecessor's name, and then need not wait. */
  holder: string;
  ttlMs: number;
  now?: () => number;
}

const RETURNING = 'returning l.channel, l.company, l.epoch';

/**
 * Leases of numbers. Taking one is a single update that raises the epoch, so that whoever held it before can write nothing more,
 * wherever it is stopped.
 */
export class Leases {
  private readonly now: () => number;

  constructor(
    private readonly pool: pg.Pool,
    private readonly settings: LeaseSettings,
  ) {
    this.now = settings.now ?? Date.now;
  }

  /** Takes numbers that are wanted and that nobody holds, or that a predecessor of the same name held, beside the ones `held`. */
  async takeFree(limit: number, held: readonly string[]): Promise<Lease[]> {
    if (limit <= 0) return [];
    return this.take(
      `update channel_leases l set holder = $1, epoch = l.epoch + 1, until = clock_timestamp() + $2 * interval '1 ms'
        where l.channel in (
          select f.channel from channel_leases f join companies c on c.id = f.company
            where f.wanted and c.suspended_at is null and (f.until < clock_timestamp() or f.holder = $1) and f.channel <> all($4)
            limit $3 for update of f skip locked)
        ${RETURNING}`,
      [limit, held],
    );
  }

  /** A new epoch of a number that this process holds, for its next session. Nothing if another one has taken it. */
  async next(lease: Lease): Promise<Lease | undefined> {
    const [taken] = await this.take(
      `update channel_leases l set epoch = l.epoch + 1, until = clock_timestamp() + $2 * interval '1 ms'
        where l.channel = $3 and l.holder = $1 and l.epoch = $4 ${RETURNING}`,
      [lease.channel, lease.epoch],
    );
    return taken;
  }

  /** Renews all at once. @returns the channels that are still ours */
  async renew(leases: readonly Lease[]): Promise<ReadonlySet<string>> {
    if (!leases.length) return new Set();
    const askedAt = this.now();
    const { rows } = await this.pool.query<{ channel: string }>({
      name: 'renew-leases',
      text: `update channel_leases l set until = clock_timestamp() + $1 * interval '1 ms'
        from unnest($2::uuid[], $3::bigint[]) mine(channel, epoch)
        where l.channel = mine.channel and l.epoch = mine.epoch and l.until > clock_timestamp() returning l.channel`,
      values: [this.settings.ttlMs, leases.map(({ channel }) => channel), leases.map(({ epoch }) => epoch)],
    });
    const ours = new Set(rows.map(({ channel }) => channel));
    for (const lease of leases) if (ours.has(lease.channel)) lease.untilMs = askedAt + this.settings.ttlMs;
    return ours;
  }

  /** Gives a number up, so that another gateway can take it at once. */
  async release(lease: Lease): Promise<void> {
    await this.pool.query('update channel_leases set until = clock_timestamp() where channel = $1 and epoch = $2 and holder = $3', [
      lease.channel,
      lease.epoch,
      this.settings.holder,
    ]);
  }

  /** By the own clock: a process that was stopped knows without asking. */
  hasRunOut(lease: Lease): boolean {
    return this.now() > lease.untilMs;
  }

  private async take(text: string, more: unknown[]): Promise<Lease[]> {
    const askedAt = this.now();
    const { holder, ttlMs } = this.settings;
    const { rows } = await this.pool.query<{ channel: string; company: string; epoch: string }>(text, [holder, ttlMs, ...more]);
    return rows.map(({ channel, company, epoch }) => ({ channel, company, epoch: Number(epoch), untilMs: askedAt + ttlMs }));
  }
}
