import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../libs/testing/wait-for.js';
import { ChannelRows } from './channel-rows.js';
import { GatewayStage } from './testing/gateway-stage.js';

const BUSINESS = '5493410000001';
const CARLA = '5493415550011';
const ANA = '5493415550001';

let stage: GatewayStage;
let channel: string;
let group: string;
let ticket: string;
const carla = randomUUID();

beforeAll(async () => {
  stage = await GatewayStage.start();
  for (const [number, name] of [[CARLA, 'Carla'], [ANA, 'Ana']] as const) stage.network.putPerson(number, { name });
  stage.network.putAccount(BUSINESS, {});
  group = stage.network.groups.create({ subject: 'Soporte', members: [CARLA, ANA, BUSINESS] }).id;
  channel = await stage.linked(BUSINESS);
  const conversation = await stage.written(channel, BUSINESS, ANA, 'no anda');
  const { rows: [made] } = await stage.operator.query<{ id: string }>(
    `insert into tickets (company, number, conversation, channel, contact, summary) select company, 12, id, channel, contact, 'No anda' from conversations where id = $1 returning id`,
    [conversation]);
  ticket = made!.id;
  await stage.operator.query("insert into users (company, id, login, name, role, password_hash, phone) values ('alfa', $1, 'carla', 'Carla', 'operator', '-', $2)", [carla, CARLA.replace(/^549/, '54')]); // as a person writes it: without the 9
}, 120_000);
afterAll(async () => {
  expect(stage.network.unknown).toEqual([]);
  await stage.stop();
});

const groupRow = async () => (await stage.operator.query<{ name: string; members: number }>(
  `select metadata->>'subject' as name, jsonb_array_length(metadata->'participants') members from wa_groups where channel = $1 and jid = $2`, [channel, group])).rows[0];
const answers = async () => (await stage.operator.query<{ id: string; agent: string; ticket: string }>('select id, agent, ticket from group_answers where channel = $1 order by id', [channel])).rows;
async function tell(text: string, waId: string): Promise<unknown> {
  const { rows: [row] } = await stage.operator.query<{ id: string }>(
    `insert into group_messages (company, channel, group_jid, ticket, purpose, text, wa_id) values ('alfa', $1, $2, $3, 'opened', $4, $5) returning id`,
    [channel, group, ticket, text, waId]);
  return stage.gateway.sendToGroup({ company: 'alfa', channel, message: row!.id });
}

describe('the groups of a number', () => {
  it('are known by name and members, and stay fresh', async () => {
    expect(await waitFor('the group in its row', groupRow)).toEqual({ name: 'Soporte', members: 3 });
    stage.network.groups.change(stage.network.group(group), { subject: 'Soporte Litoral', remove: [ANA] });
    await waitFor('its new name and members', async () => { const row = await groupRow(); return row?.name === 'Soporte Litoral' && row.members === 2; });
    stage.network.groups.change(stage.network.group(group), { add: [ANA] });
    await waitFor('three members', async () => (await groupRow())?.members === 3);
  });

  it('read what the number says to them, and it is settled by the network’s word', async () => {
    expect(await tell('🎫 Ticket #12', 'OUTGROUP1')).toEqual({ state: 'sent' });
    await waitFor('everybody to have it', () => {
      const said = stage.network.ledger.find('out', BUSINESS, group, 'OUTGROUP1');
      return said?.text === '🎫 Ticket #12' && Object.keys(said.receipts ?? {}).length === 2;
    });
    expect((await stage.operator.query("select state from group_messages where wa_id = 'OUTGROUP1'")).rows).toEqual([{ state: 'sent' }]);
    expect(await stage.gateway.sendToGroup({ company: 'beta', channel, message: '1' })).toEqual({ state: 'missing' });
  });

  it('never start a conversation, and nothing that is said there is kept but an agent’s answer, once the group hears of tickets', async () => {
    const before = (await stage.messages(channel)).length;
    const early = await stage.network.personSends(CARLA, group, 'tomo 12'); // the group does not hear of tickets yet
    await waitFor('it to be taken in', () => stage.network.ledger.after().some((entry) => entry.id === early && entry.state !== 'sent'));
    await stage.operator.query('update channels set group_jid = $2 where id = $1', [channel, group]);
    await stage.network.personSends(CARLA, group, 'buenas, ¿quién está?');
    await stage.network.personSends(ANA, group, 'tomo 12'); // nobody's agent
    await stage.network.personSends(CARLA, group, 'tomo 99'); // no ticket
    await stage.network.personSends(CARLA, group, { text: 'lo tomo', quote: 'OUTGROUP1' });
    const [answer] = await waitFor('the answer in its row', async () => { const all = await answers(); return all.length ? all : undefined; });
    expect(answer).toMatchObject({ agent: carla, ticket });
    await stage.network.personSends(CARLA, group, 'tomo #12');
    await waitFor('the second answer', async () => (await answers()).length === 2);
    expect(await stage.messages(channel)).toHaveLength(before);
  });

  it('are told to their ticket until it has dealt with them', async () => {
    const { rows: [lease] } = await stage.operator.query<{ epoch: string }>('select epoch from channel_leases where channel = $1', [channel]);
    const rows = new ChannelRows(stage.pool, { channel, epoch: Number(lease!.epoch) });
    await waitFor('the sweep to have told both', async () => (await stage.operator.query('select 1 from group_answers where told_at is null')).rowCount === 0);
    expect(await rows.groupAnswers(60_000)).toEqual([]);
    expect(await rows.groupAnswers(0)).toMatchObject([{ ticket, number: 12 }, { ticket, number: 12 }]);
    await stage.operator.query('update group_answers set settled_at = now()');
    expect(await rows.groupAnswers(0)).toEqual([]);
  });
});
