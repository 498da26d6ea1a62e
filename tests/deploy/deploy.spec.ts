import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { envSchema, readEnv, simulatorUrl } from '../../libs/config/env.js';
import { SIMULATOR_CERTIFICATE, SIMULATOR_ROOT_PUBLIC_KEY } from '../../libs/simulator/whatsapp/root-key.js';

interface Service {
  image: string;
  build?: { target: string; dockerfile: string };
  command?: string[];
  environment?: Record<string, string | number>;
  healthcheck?: { test: string[] };
  ports?: string[];
  profiles?: string[];
  restart?: string;
  depends_on?: Record<string, { condition: string }>;
}

type Variables = Record<string, string>;

const read = (file: string): string => readFileSync(file, 'utf8');
const variables = Object.keys(envSchema.shape);
const dockerfile = read('infra/docker/Dockerfile');

/** What an operator has to say, and no more. */
const secrets: Variables = {
  POSTGRES_PASSWORD: 'a',
  HILO_OWNER_PASSWORD: 'b',
  HILO_APP_PASSWORD: 'c',
  TEMPORAL_DB_PASSWORD: 'd',
  HILO_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
};
const demo: Variables = Object.fromEntries(
  read('infra/docker/demo.env').split('\n').filter((line) => /^\w+=/.test(line)).map((line) => line.split(/=(.*)/).slice(0, 2) as [string, string]),
);

/** Puts values into `${NAME}`, `${NAME:-default}` and `${NAME:?complaint}`, as docker compose does. */
function interpolate(text: string, values: Variables): string {
  return text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_all, name: string, kind: string | undefined, rest: string) => {
    const value = values[name] ?? '';
    if (value !== '' || kind === undefined) return value;
    if (kind === '?') throw new Error(rest);
    return rest;
  });
}

function compose(values: Variables): Record<string, Service> {
  const reviver = (_key: unknown, value: unknown): unknown => (typeof value === 'string' ? interpolate(value, values) : value);
  return (parse(read('docker-compose.yml'), reviver, { merge: true }) as { services: Record<string, Service> }).services;
}

/** The environment a service runs in: its image's, then its own. */
function environmentOf(service: Service): Variables {
  const stage = (name: string) => new RegExp(`FROM \\S+ AS ${name}\\n(?:(?!FROM).*\\n)*?ENV (.*)`).exec(dockerfile)?.[1] ?? '';
  const ofImage = [...(service.build?.target === 'demo' ? ['runtime', 'demo'] : ['runtime'])].flatMap((name) => stage(name).split(' '));
  const pairs = ofImage.map((pair) => pair.split('=') as [string, string]);
  return { ...Object.fromEntries(pairs), ...Object.fromEntries(Object.entries(service.environment ?? {}).map(([name, value]) => [name, String(value)])) };
}

const ours = (services: Record<string, Service>) => Object.entries(services).filter(([, service]) => service.build);
const production = compose(secrets);
const demonstration = compose({ ...secrets, ...demo });

describe('docker-compose.yml', () => {
  it('gives Hilo’s processes variables that env.ts knows, with values that it accepts', () => {
    for (const services of [production, demonstration]) {
      for (const [name, service] of ours(services)) {
        if (services === production && service.profiles) continue;
        expect(Object.keys(service.environment ?? {}).filter((variable) => !variables.includes(variable)), name).toEqual([]);
        expect(() => readEnv(environmentOf(service)), name).not.toThrow();
      }
    }
  });

  it('is production unless told otherwise: real WhatsApp, no simulator', () => {
    const settings = readEnv(environmentOf(production['whatsapp']!));
    expect(settings).toMatchObject({ NODE_ENV: 'production', HILO_PRODUCTION: '1', WHATSAPP: 'real' });
    const always = Object.entries(production).filter(([, service]) => !service.profiles).map(([name]) => name);
    expect(always).toEqual(expect.arrayContaining(['api', 'worker', 'whatsapp', 'migrate', 'postgres', 'temporal', 'temporal-ui']));
    expect(always).not.toContain('simulator');
  });

  it('refuses the simulator in a production image', () => {
    const mixed = compose({ ...secrets, WHATSAPP: 'simulator' });
    expect(() => readEnv(environmentOf(mixed['whatsapp']!))).toThrow(/production image never talks to the simulator/);
  });

  it('has a demo that trusts the simulator it runs', () => {
    expect(demo['COMPOSE_PROFILES']).toBe('demo');
    expect(demonstration['simulator']).toMatchObject({ profiles: ['demo'], build: { target: 'demo' } });
    const settings = readEnv(environmentOf(demonstration['whatsapp']!));
    const trusted = { WHATSAPP_SIMULATOR_ROOT_KEY: SIMULATOR_ROOT_PUBLIC_KEY, WHATSAPP_SIMULATOR_CERTIFICATE: SIMULATOR_CERTIFICATE };
    expect(settings).toMatchObject({ HILO_PRODUCTION: '0', WHATSAPP: 'simulator', ...trusted });
    const port = readEnv(environmentOf(demonstration['simulator']!)).SIMULATOR_PORT;
    expect(simulatorUrl(settings)).toBe(`ws://simulator:${port}/ws/chat`);
  });

  it.each(['POSTGRES_PASSWORD', 'HILO_OWNER_PASSWORD', 'HILO_APP_PASSWORD', 'TEMPORAL_DB_PASSWORD', 'HILO_MASTER_KEY'])('does not start without %s', (name) => {
    const { [name]: _, ...others } = secrets;
    expect(() => compose(others)).toThrow(name);
  });

  it('gives the owner’s connection to nobody but the operator’s commands', () => {
    const owners = Object.entries(demonstration).filter(([, { environment }]) => environment?.['DATABASE_OWNER_URL']).map(([name]) => name);
    expect(owners.sort()).toEqual(['demo-company', 'migrate']);
  });

  it('publishes on loopback, on the ports where the processes listen', () => {
    const published = Object.entries(demonstration).flatMap(([name, { ports = [] }]) => ports.map((port) => `${name} ${port}`));
    expect(published.sort()).toEqual(['api 127.0.0.1:3000:3000', 'simulator 127.0.0.1:3100:3100', 'temporal-ui 127.0.0.1:8233:8080']);
    expect(readEnv(environmentOf(demonstration['api']!))).toMatchObject({ PORT: 3000, HOST: '0.0.0.0' });
    expect(readEnv(environmentOf(demonstration['simulator']!))).toMatchObject({ SIMULATOR_PORT: 3100, HOST: '0.0.0.0' });
  });

  it('watches the health of everything that stays, and waits for it', () => {
    const staying = Object.entries(demonstration).filter(([, { restart }]) => restart === 'unless-stopped');
    expect(staying.filter(([name, { healthcheck }]) => !healthcheck && name !== 'temporal-ui').map(([name]) => name)).toEqual([]);
    for (const [name, service] of Object.entries(demonstration)) {
      for (const [needed, { condition }] of Object.entries(service.depends_on ?? {})) {
        const oneShot = demonstration[needed]?.restart?.startsWith('on-failure') ?? false;
        expect(condition, `${name} on ${needed}`).toBe(oneShot ? 'service_completed_successfully' : 'service_healthy');
        if (!oneShot) expect(demonstration[needed]?.healthcheck, needed).toBeDefined();
      }
    }
  });

  it('names every foreign image with a fixed version', () => {
    const foreign = Object.values(demonstration).filter(({ build }) => !build).map(({ image }) => image);
    expect(foreign.filter((image) => !/:\d+(\.\d+)+$/.test(image))).toEqual([]);
  });

  it('builds stages that exist, and production without the simulator', () => {
    for (const target of ['runtime', 'demo']) expect(dockerfile).toMatch(new RegExp(`^FROM .+ AS ${target}$`, 'm'));
    expect(dockerfile).toMatch(/mv dist\/libs\/simulator \/demo/);
    expect(dockerfile).toMatch(/mv dist\/apps\/simulator \/demo/);
  });
});

describe('.env.example', () => {
  const lines = read('.env.example').split('\n');

  it('lists exactly the variables of env.ts', () => {
    const listed = lines.map((line) => /^#?([A-Z][A-Z_]*)=/.exec(line)?.[1]).filter((name) => name !== undefined);
    expect(listed.sort()).toEqual([...variables].sort());
  });

  it('shows values that env.ts accepts, and its defaults', () => {
    const shown = Object.fromEntries(lines.map((line) => /^#?([A-Z][A-Z_]*)=(.+)$/.exec(line)).filter((match) => match !== null).map(([, name, value]) => [name!, value!]));
    const settings = readEnv(shown);
    expect({ ...settings, ...readEnv({}) }).toEqual(settings);
  });
});
