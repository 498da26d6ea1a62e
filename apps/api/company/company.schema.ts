import { z } from 'zod';

/** What anybody who calls the company's host may know: enough for a login page. */
export const publicCompanySchema = z
  .object({ name: z.string(), locale: z.string(), timeZone: z.string() })
  .meta({ id: 'PublicCompany', description: 'The company of this host, as everybody may know it' });
export type PublicCompany = z.infer<typeof publicCompanySchema>;

export const companySchema = z
  .object({ id: z.string(), name: z.string(), locale: z.string(), timeZone: z.string(), currency: z.string() })
  .meta({ id: 'Company', description: 'The company of this host' });
export type CompanyView = z.infer<typeof companySchema>;

/** IANA names that this machine knows, older names of a zone included. */
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name); // offsets such as +03:00 know no summer time
  } catch {
    return false;
  }
}

export const companyChangeSchema = z
  .object({
    name: z.string().trim().min(1).max(80).optional(),
    timeZone: z.string().refine(isTimeZone, 'no time zone').optional().meta({ examples: ['America/Argentina/Buenos_Aires'] }),
  })
  .meta({ id: 'CompanyChange' });
export type CompanyChange = z.infer<typeof companyChangeSchema>;
