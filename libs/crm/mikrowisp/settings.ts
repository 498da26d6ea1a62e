import { z } from 'zod';
import { lineSettings, secretSetting, setting, systemUrl } from '../wire/settings.js';

/** What an administrator types. All but address and token has a default that fits most installations. */
export const mikrowispSettings = z.object({
  url: systemUrl(),
  /** Of an operator of MikroWisp's with access to the API; it goes inside each request's body. */
  token: secretSetting('token'),
  /** Number of the department that tickets go to; 1 is support. */
  ticketDepartment: setting('mikrowisp.ticketDepartment', z.coerce.number().int().min(1).max(100_000).default(1)),
  /** Where an invoice's PDF is, for installations whose API does not tell: `https://…/{idfactura}`. */
  invoiceUrl: setting('mikrowisp.invoiceUrl', z.string().trim().max(500).regex(/^https?:\/\/[^\s{}]+\{idfactura\}[^\s{}]*$/u).optional()),
  ...lineSettings,
});
export type MikrowispSettings = z.infer<typeof mikrowispSettings>;
