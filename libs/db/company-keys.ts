import type pg from 'pg';

/** A company's wrapped data keys, for the vault. Reads a platform table, so any connection of the app role will do. */
export const companyKeys =
  (pool: pg.Pool) =>
  async (company: string): Promise<{ id: number; wrapped: Buffer }[]> => {
    const { rows } = await pool.query<{ id: number; wrapped: Buffer }>({
      name: 'company-keys',
      text: 'select id, wrapped from company_keys where company = $1 order by id',
      values: [company],
    });
    return rows;
  };
