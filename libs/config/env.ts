import { z } from 'zod';

const port = (fallback: number) => z.coerce.number().int().min(1).max(65535).default(fallback);

/** 32 bytes as base64: 44 characters with padding. */
const masterKey = z.string().refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes in base64');

/** The one list of everything that can be configured by environment; `.env.example` and docker-compose.yml are checked against it. */
export const envSchema = z
  .object({
    NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
    /** Set to 1 by production images: refuses whatever only a demo may have. */
    HILO_PRODUCTION: z.enum(['0', '1']).default('0'),
    /** Folder for data, pid files and the local servers' files. */
    DATA_DIR: z.string().min(1).default('.data'),
    /** Address the HTTP servers listen on: loopback unless an image or an operator says otherwise. */
    HOST: z.string().min(1).default('127.0.0.1'),
    /** Proxies before the API, as addresses or networks with commas: their X-Forwarded-For and -Proto are believed. */
    TRUSTED_PROXIES: z.string().default('').transform((text) => text.split(',').map((one) => one.trim()).filter((one) => one !== '')),
    PORT: port(3000),
    SIMULATOR_PORT: port(3100),
    TEMPORAL_PORT: port(7233),
    TEMPORAL_UI_PORT: port(8233),
    POSTGRES_PORT: port(54329),
    /** The application's connection: a role that owns nothing, is no superuser and cannot bypass row-level security. */
    DATABASE_URL: z.string().url().optional(),
    /** The owner's connection, used by `hilo migrate` only. */
    DATABASE_OWNER_URL: z.string().url().optional(),
    TEMPORAL_ADDRESS: z.string().min(1).optional(),
    /** Temporal's Web UI as browsers reach it; by default the local server's, beside the API. */
    TEMPORAL_UI_URL: z.string().url().optional(),
    TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
    WHATSAPP: z.enum(['simulator', 'real']).default('simulator'),
    /** WebSocket of the simulated network; by default the simulator's port on this machine. */
    WHATSAPP_SIMULATOR_URL: z.string().url().optional(),
    /** Root public key of the simulator's certificates, 32 bytes in hex: trusted only with WHATSAPP=simulator. */
    WHATSAPP_SIMULATOR_ROOT_KEY: z.string().regex(/^[0-9a-f]{64}$/).optional(),
    /** TLS certificate of the simulator's media host, DER in base64: trusted only with WHATSAPP=simulator. */
    WHATSAPP_SIMULATOR_CERTIFICATE: z.base64().optional(),
    /** WhatsApp Web version as a.b.c; empty: the one that the client library was tested with. */
    WHATSAPP_VERSION: z.string().regex(/^\d+\.\d+\.\d+$/).optional(),
    /** Seconds a gateway may hold a number without renewing its lease: another one has a dead one's numbers within 15 s. */
    LEASE_SECONDS: z.coerce.number().min(2).max(300).default(9),
    /** Numbers that one gateway process takes at most. */
    GATEWAY_CAPACITY: z.coerce.number().int().min(1).max(1000).default(200),
    /** Encrypts company keys at rest; losing it loses every secret. */
    HILO_MASTER_KEY: masterKey.optional(),
    /** Folder of the files that messages carry; by default `media` in DATA_DIR. API, gateway and worker must see the same one. */
    MEDIA_DIR: z.string().min(1).optional(),
    /** A bucket instead of the folder, at S3 or what speaks its language. */
    MEDIA_BUCKET: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/).optional(),
    /** Base URL of the service, without the bucket. */
    MEDIA_BUCKET_ENDPOINT: z.string().url().optional(),
    MEDIA_BUCKET_REGION: z.string().min(1).default('us-east-1'),
    MEDIA_BUCKET_ACCESS_KEY_ID: z.string().min(1).optional(),
    MEDIA_BUCKET_SECRET_ACCESS_KEY: z.string().min(1).optional(),
    /** Private networks that calls to ISP systems, callbacks and links may reach for any company: `network[:port]` with commas. */
    OUTBOUND_ALLOW: z.string().default(''),
    /** MercadoPago's API; npm start lets it be the simulated one. */
    MERCADOPAGO_URL: z.string().url().default('https://api.mercadopago.com').transform((text) => text.replace(/\/$/, '')),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  })
  .superRefine((env, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (env.HILO_PRODUCTION === '1' && env.WHATSAPP === 'simulator') {
      refuse('WHATSAPP', 'a production image never talks to the simulator: set WHATSAPP=real');
    }
    if (env.MEDIA_BUCKET !== undefined) {
      for (const name of ['MEDIA_BUCKET_ENDPOINT', 'MEDIA_BUCKET_ACCESS_KEY_ID', 'MEDIA_BUCKET_SECRET_ACCESS_KEY'] as const) {
        if (env[name] === undefined) refuse(name, 'must be set with MEDIA_BUCKET');
      }
    }
    for (const name of ['WHATSAPP_SIMULATOR_ROOT_KEY', 'WHATSAPP_SIMULATOR_CERTIFICATE'] as const) {
      if (env.WHATSAPP !== 'real' || !env[name]) continue;
      refuse(name, 'must not be set with WHATSAPP=real: whoever holds that key could pose as WhatsApp');
    }
  });

export type Env = z.infer<typeof envSchema>;

/** Environment that cannot be used; lists what is wrong without printing values, which may be secrets. */
export class InvalidEnvironment extends Error {
  override readonly name = 'InvalidEnvironment';
}

/** Reads and checks the environment. Empty variables count as unset, as docker-compose passes them. */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const result = envSchema.safeParse(present);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new InvalidEnvironment(`The environment cannot be used: ${problems}. See .env.example.`);
}

let cached: Env | undefined;

/** The process's environment, read once. */
export function env(): Env {
  return (cached ??= readEnv());
}

/** A variable that this process cannot do without. */
export function required<K extends keyof Env>(settings: Env, name: K): NonNullable<Env[K]> {
  const value = settings[name];
  if (value === undefined || value === null) {
    throw new InvalidEnvironment(`${String(name)} is not set. \`npm start\` sets it; otherwise see .env.example.`);
  }
  return value as NonNullable<Env[K]>;
}

/** Where Temporal's frontend listens, as host:port. */
export const temporalAddress = (settings: Env): string =>
  settings.TEMPORAL_ADDRESS ?? `127.0.0.1:${settings.TEMPORAL_PORT}`;

/** WebSocket address of the simulated network. */
export const simulatorUrl = (settings: Env): string =>
  settings.WHATSAPP_SIMULATOR_URL ?? `ws://127.0.0.1:${settings.SIMULATOR_PORT}/ws/chat`;

/** Base of the simulator's control API: the same host as its network's. */
export const simulatorControlUrl = (settings: Env): string => new URL(simulatorUrl(settings).replace(/^ws/, 'http')).origin;
