import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { companyKeys } from '../../libs/db/company-keys.js';
import { openPool } from '../../libs/db/pool.js';
import { pairingContext, pairingText, type Pairing } from '../../libs/domain/pairing.js';
import { addCompanies, asSuperuser } from '../../libs/testing/companies.js';
import { createTestDatabase, type TestDatabase } from '../../libs/testing/test-db.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { masterKeyFrom, newCompanyKey, openVault } from '../../libs/vault/vault.js';
import { environmentFor, hilo, startHilo } from './testing/hilo-under-test.js';

const CHANNEL = '11111111-1111-4111-8111-111111111111';
const OTHER_CHANNEL = '22222222-2222-4222-8222-222222222222';
const NUMBER = '5493415550100';

let db: TestDatabase;
let environment: Record<string, string>;

beforeAll(async () => {
  db = await createTestDatabase();
  environment = environmentFor(db, '/nonexistent');
  await addCompanies(db, 'ours', 'theirs', 'empty');
  const key = newCompanyKey(masterKeyFrom(environment['HILO_MASTER_KEY']!), 'ours');
  await asSuperuser(db, (client) => client.query('insert into company_keys values ($1, $2, $3)', ['ours', key.id, key.wrapped]));
});
afterAll(() => db.drop());

beforeEach(() => asSuperuser(db, async (client) => {
  await client.query('truncate channels, channel_leases cascade');
  await client.query(`insert into channels (company, id, name, number) values ('ours', $1, 'principal', $2)`, [CHANNEL, NUMBER]);
  await client.query(`insert into channels (company, id, name, number) values ('theirs', $1, 'principal', $2)`, [OTHER_CHANNEL, NUMBER]);
  await client.query(`update channel_leases set holder = 'spec', epoch = 1, until = now() + interval '1 hour'`);
}));

interface ChannelRow {
  wanted: boolean;
  state: string;
  pairing_number: string | null;
}
const rowOf = (id: string): Promise<ChannelRow> =>
  asSuperuser(db, async (client) =>
    (await client.query<ChannelRow>('select wanted, state, pairing_number from channels where id = $1', [id])).rows[0]!);
const untilWanted = () => waitFor('the wish', async () => (await rowOf(CHANNEL)).wanted);

/** As the gateway writes it: through the lease, the pairing sealed. */
async function gatewaySays(state: string, pairing?: Pairing): Promise<void> {
  const pool = openPool(db.appUrl, () => undefined);
  try {
    const vault = openVault({ masterKey: masterKeyFrom(environment['HILO_MASTER_KEY']!), loadKeys: companyKeys(pool) });
    const sealed = pairing && (await vault.forCompany('ours')).seal(Buffer.from(pairingText(pairing)), pairingContext(CHANNEL));
    await pool.query(`select wa_channel_state($1, 1, $2, null, null, $3, '20 s')`, [CHANNEL, state, sealed ?? null]);
  } finally {
    await pool.end();
  }
}

describe('hilo link', () => {
  it('shows each new QR until the number is linked', async () => {
    const link = startHilo(['link', 'ours'], environment);
    await untilWanted();
    await gatewaySays('waiting', { kind: 'qr', text: '2@first,a,b,c' });
    await waitFor('the first QR', () => link.out().includes('▄'));
    const first = link.out();
    await gatewaySays('waiting', { kind: 'qr', text: '2@second,a,b,c' });
    await waitFor('the second QR', () => link.out().length > first.length * 1.5);
    await gatewaySays('linked');
    expect(await link.ended).toMatchObject({ exitCode: 0, error: '' });
    expect(link.out()).toContain('Vinculado');
    expect(link.out()).not.toContain('2@first');
  });

  it('shows the code, in the two groups in which the phone asks for it', async () => {
    const link = startHilo(['link', 'ours', '--code', NUMBER], environment);
    await untilWanted();
    expect((await rowOf(CHANNEL)).pairing_number).toBe(NUMBER);
    await gatewaySays('waiting', { kind: 'code', code: 'ABCD2345' });
    await waitFor('the code', () => link.out().includes('ABCD-2345'));
    await gatewaySays('linked');
    expect((await link.ended).exitCode).toBe(0);
  });

  it('says at once that a number is linked already', async () => {
    await asSuperuser(db, (client) => client.query(`update channels set wanted = true, state = 'linked' where id = $1`, [CHANNEL]));
    expect(await hilo(['link', 'ours'], environment)).toMatchObject({ exitCode: 0, out: expect.stringContaining('ya está vinculado') as string });
  });

  it.each([['refused', 'solo se puede vincular WhatsApp Business'], ['logged-out', 'cerraron la vinculación']])(
    'fails with clear words when the link is %s, but not for what was so before', async (state, words) => {
      await gatewaySays(state);
      const link = startHilo(['link', 'ours'], environment);
      await untilWanted();
      await gatewaySays('connecting');
      await gatewaySays('waiting', { kind: 'code', code: 'ABCD2345' });
      await waitFor('the code', () => link.out().includes('ABCD-2345'));
      await gatewaySays(state);
      expect(await link.ended).toMatchObject({ exitCode: 1, error: expect.stringContaining(words) as string });
    });

  it('takes its wish back on Ctrl-C, unless the number was wanted before', async () => {
    const link = startHilo(['link', 'ours'], environment);
    await untilWanted();
    link.interrupt();
    expect((await link.ended).exitCode).toBe(130);
    expect((await rowOf(CHANNEL)).wanted).toBe(false);

    await asSuperuser(db, (client) => client.query(`update channels set wanted = true, state = 'connecting' where id = $1`, [CHANNEL]));
    const again = startHilo(['link', 'ours'], environment);
    await waitFor('the wait', () => again.out().includes('esperando'));
    again.interrupt();
    expect((await again.ended).exitCode).toBe(130);
    expect((await rowOf(CHANNEL)).wanted).toBe(true);
  });

  it("never touches another company's number", async () => {
    const link = startHilo(['link', 'ours'], environment);
    await untilWanted();
    await gatewaySays('linked');
    await link.ended;
    expect(await rowOf(OTHER_CHANNEL)).toEqual({ wanted: false, state: 'unlinked', pairing_number: null });
    expect(await hilo(['link', 'ours', '--channel', OTHER_CHANNEL], environment)).toMatchObject({ exitCode: 1 });
  });

  it.each([
    [['link'], 2, 'Falta decir de qué empresa'],
    [['link', 'ours', 'de más'], 2, 'Sobra el argumento'],
    [['link', 'ours', '--code', '+54 9'], 2, 'solo con dígitos'],
    [['link', 'ours', '--nada'], 2, 'No existe la opción «--nada»'],
    [['link', 'nobody'], 1, 'no existe o no tiene ningún número'],
    [['link', 'empty'], 1, 'no existe o no tiene ningún número'],
    [['link', 'ours', '--channel', 'otro'], 1, 'no tiene el canal «otro». Tiene: «principal»'],
    [['link', 'ours', '--scan-with-simulator'], 1, 'El simulador no responde en el puerto 1'],
  ])('answers %j with exit code %i and says why', async (args, exitCode, words) => {
    const ran = await hilo(args, environment);
    expect(ran).toMatchObject({ exitCode, error: expect.stringContaining(words) as string });
  });
});

describe('hilo link --scan-with-simulator', () => {
  const calls: { call: string; body: unknown }[] = [];
  let simulator: Server;
  let stale = true;

  beforeAll(async () => {
    simulator = createServer((request, response) => void (async () => {
      const body = await json(request);
      calls.push({ call: `${request.method} ${request.url}`, body });
      const isScan = request.url!.endsWith('/scan');
      response.writeHead(isScan && stale ? 422 : 200).end('{}');
      if (isScan && !stale) await gatewaySays('linked');
      if (isScan) stale = false;
    })());
    await new Promise<void>((resolve) => simulator.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => simulator.close(resolve)));

  it('makes the account, lets its phone scan each QR and ends once linked', async () => {
    const port = String((simulator.address() as AddressInfo).port);
    const link = startHilo(['link', 'ours', '--scan-with-simulator'], { ...environment, SIMULATOR_PORT: port });
    await untilWanted();
    await gatewaySays('waiting', { kind: 'qr', text: '2@old' });
    await waitFor('the first scan', () => calls.length === 2);
    await gatewaySays('waiting', { kind: 'qr', text: '2@new' });
    expect(await link.ended).toMatchObject({ exitCode: 0 });
    expect(link.out()).not.toContain('▄');
    expect(calls).toEqual([
      { call: `PUT /accounts/${NUMBER}`, body: {} },
      { call: `POST /accounts/${NUMBER}/scan`, body: { qr: '2@old' } },
      { call: `POST /accounts/${NUMBER}/scan`, body: { qr: '2@new' } },
    ]);
  });

  it('does not exist with the real network', async () => {
    const real = { ...environment, WHATSAPP: 'real' };
    expect(await hilo(['link', 'ours', '--scan-with-simulator'], real)).toMatchObject({ exitCode: 2 });
  });
});

describe('hilo unlink', () => {
  it('takes the wish away and waits until the gateway has closed the link', async () => {
    await asSuperuser(db, (client) => client.query(`update channels set wanted = true, state = 'linked' where id = $1`, [CHANNEL]));
    const unlink = startHilo(['unlink', 'ours'], environment);
    await waitFor('the wish', async () => !(await rowOf(CHANNEL)).wanted);
    await gatewaySays('unlinked');
    expect(await unlink.ended).toMatchObject({ exitCode: 0, out: expect.stringContaining('quedó sin vincular') as string });
    expect((await rowOf(OTHER_CHANNEL)).state).toBe('unlinked');
  });
});
