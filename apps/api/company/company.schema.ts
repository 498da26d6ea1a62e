import { z } from 'zod';
import { LONGEST_WELCOME, socialNetworks } from '../../../libs/domain/company-profile.js';
import { MOST_EXCEPTIONS, MOST_SPANS, weekdays, type Weekday } from '../../../libs/domain/hours/hours.js';

/** What anybody who calls the company's host may know: enough for a login page. */
export const publicCompanySchema = z
  .object({
    name: z.string(), locale: z.string(), timeZone: z.string(),
    logo: z.string().optional().meta({ description: 'SHA-256 of what `GET /api/company/logo` serves; absent: it has none' }),
  })
  .meta({ id: 'PublicCompany', description: 'The company of this host, as everybody may know it' });
export type PublicCompany = z.infer<typeof publicCompanySchema>;

/** Its form is the domain's to judge (libs/domain/hours), so that people hear what is wrong, and where. */
const clock = z.string().max(10);
const spans = z.array(z.object({ from: clock, to: clock }).meta({ id: 'Span', description: '`HH:MM` to `HH:MM`, up to 24:00; past midnight where it ends before it begins' })).max(MOST_SPANS);
const week = z.object(Object.fromEntries(weekdays.map((day) => [day, spans])) as Record<Weekday, typeof spans>);

export const companyHoursSchema = z
  .object({
    week,
    exceptions: z.array(z.object({ date: z.string().max(20), yearly: z.boolean(), name: z.string().trim().min(1).max(80), spans })).max(MOST_EXCEPTIONS),
  })
  .meta({ id: 'CompanyHours', description: 'When the company attends, as its clocks show it' });

const text = (longest: number) => z.string().trim().min(1).max(longest);
/** What telephones take, and people read: digits, and at least three of them. */
const phone = text(40).regex(/^[+\d][\d\s().\-/]*$/).refine((said) => said.replace(/\D/g, '').length >= 3, 'too short');
export const companyContactsSchema = z
  .object({
    phones: z.array(phone).max(5),
    email: z.email().max(200).optional(),
    address: text(200).optional(),
    web: z.url({ protocol: /^https?$/ }).max(200).optional(),
    social: z.array(z.object({ network: z.enum(socialNetworks), name: text(80) })).max(socialNetworks.length),
  })
  .meta({ id: 'CompanyContacts', description: 'How customers reach the company besides WhatsApp' });

export const logoSchema = z.object({ sha256: z.string(), width: z.number().int(), height: z.number().int() }).meta({ id: 'CompanyLogo' });
export type LogoView = z.infer<typeof logoSchema>;

/** Codes of ISO 4217 and locales that this machine knows. */
const isCurrency = (code: string): boolean => Intl.supportedValuesOf('currency').includes(code);
const isLocale = (tag: string): boolean => /^(es|en|pt)-[A-Z]{2}$/.test(tag) && Intl.DateTimeFormat.supportedLocalesOf(tag).length === 1;

export const companySchema = z
  .object({
    id: z.string(), name: z.string(), locale: z.string(), timeZone: z.string(), currency: z.string(),
    hours: companyHoursSchema.optional(), welcome: z.string().optional(), contacts: companyContactsSchema, logo: logoSchema.optional(),
    longestWelcome: z.number().int(),
  })
  .meta({ id: 'Company', description: 'What the company of this host says of itself' });
export type CompanyView = z.infer<typeof companySchema>;

export const companyChangeSchema = z
  .object({
    name: z.string().trim().min(1).max(80).optional(),
    timeZone: z.string().max(60).optional().meta({ examples: ['America/Argentina/Buenos_Aires'] }),
    locale: z.string().refine(isLocale, 'no locale').optional().meta({ examples: ['es-AR'] }),
    currency: z.string().refine(isCurrency, 'no currency').optional().meta({ examples: ['ARS'] }),
    hours: companyHoursSchema.nullable().optional().meta({ description: 'Null: nobody is told when the company attends' }),
    welcome: text(LONGEST_WELCOME).nullable().optional(),
    contacts: companyContactsSchema.optional(),
  })
  .meta({ id: 'CompanyChange', description: 'What is absent stays' });
export type CompanyChange = z.infer<typeof companyChangeSchema>;

const words = z.object({ es: z.string(), en: z.string() });
export const hoursQuestionSchema = z.object({ hours: companyHoursSchema, timeZone: z.string().max(60) }).meta({ id: 'HoursQuestion' });
export type HoursQuestion = z.infer<typeof hoursQuestionSchema>;

export const hoursWordsSchema = z
  .object({
    problems: z.array(z.object({
      code: z.enum(['time-wrong', 'span-empty', 'span-backwards', 'spans-overlap', 'date-wrong', 'date-twice']),
      at: z.string().meta({ description: 'A weekday, or the date of an exception' }),
    })).meta({ description: 'With any of these the rest is absent' }),
    week: words.optional().meta({ description: 'Absent: nobody ever attends' }),
    open: z.boolean().optional(),
    until: words.optional().meta({ description: 'Open: until when; closed: until when that lasts. Absent: for good' }),
  })
  .meta({ id: 'HoursWords', description: 'How hours are said, before they are saved' });
export type HoursWords = z.infer<typeof hoursWordsSchema>;
