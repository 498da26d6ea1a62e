import { z } from 'zod';

/** What anybody who calls the company's host may know: enough for a login page. */
export const companySchema = z
  .object({ name: z.string(), locale: z.string(), timeZone: z.string() })
  .meta({ id: 'Company', description: 'The company of this host' });
export type CompanyView = z.infer<typeof companySchema>;
