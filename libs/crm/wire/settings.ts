import { z } from 'zod';
import type { Line } from './json-call.js';

/** What a settings field carries besides its schema: how screens show it. `secret`: sealed, replaced, never read back. */
export interface SettingMeta {
  /** Key of the screens' texts. */
  label: string;
  help?: string;
  secret?: true;
}

const meta = (field: string, more: Omit<Partial<SettingMeta>, 'label'> = {}): Record<string, unknown> & SettingMeta =>
  ({ label: `integrations.field.${field}`, help: `integrations.field.${field}.help`, ...more });

/** A settings field with what screens need; label and help are `integrations.field.<field>` and `….help`. */
export const setting = <T extends z.ZodType>(field: string, schema: T, more?: { secret?: true }): T => schema.meta(meta(field, more));

/** A secret one. */
export const secretSetting = (field: string, schema: z.ZodString = z.string()) => setting(field, schema.trim().min(1).max(4000), { secret: true });

/** The address of a system: http or https; what is behind the host stays, a slash at the end does not. */
export const systemUrl = (field = 'url') => setting(field, z.string().trim().max(500).url({ protocol: /^https?$/u }).transform((url) => url.replace(/[?#].*$/u, '').replace(/\/+$/u, '')));

const pem = z.string().max(20_000).regex(/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/u, 'PEM');

/** What every connection has: spread it into a vendor's schema. */
export const lineSettings = {
  tls: setting('tls', z.enum(['system', 'pinned', 'insecure']).default('system')),
  /** With `pinned`: the certificate to trust. It is public. */
  certificate: setting('certificate', pem.optional()),
  /** How long one call may take. */
  timeoutSeconds: setting('timeoutSeconds', z.coerce.number().int().min(2).max(60).default(12)),
};

/** How the calls of these settings go. `pinned` without a certificate trusts the system's authorities, so that it fails closed. */
export function lineOf({ tls, certificate, timeoutSeconds }: { tls: 'system' | 'pinned' | 'insecure'; certificate?: string; timeoutSeconds: number }): Line {
  const timeoutMs = timeoutSeconds * 1_000;
  if (tls === 'pinned' && certificate !== undefined) return { tls: { mode: 'pinned', pem: certificate }, timeoutMs };
  return { tls: { mode: tls === 'insecure' ? 'insecure' : 'system' }, timeoutMs };
}
