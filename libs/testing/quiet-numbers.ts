import pg from 'pg';

/**
 * New numbers of this database send at once: no typing, no pace between answers. For specs of anything but these two.
 * @param ownerUrl the owner's connection: defaults of columns are the schema's
 */
export async function withoutPace(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query('alter table channel_safety alter typing_ms_per_char set default 0, alter reply_gap_ms set default 0');
  await owner.end();
}
