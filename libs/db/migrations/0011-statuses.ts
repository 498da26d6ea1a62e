import { Migration } from '@mikro-orm/migrations';
import { statusTables } from './company-tables.js';
import { lockRows } from './row-level-security.js';

const tables: readonly string[] = [
  `alter table companies add column missed_statuses text not null default 'ask' check (missed_statuses in ('late', 'skip', 'ask'))`,
  // Images that somebody put up for statuses; the bytes are in the media store under their hash.
  `create table status_images (
    company text not null references companies,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    mimetype text not null,
    size bigint not null,
    at timestamptz not null default now(),
    primary key (company, sha256)
  )`,
  // What people wrote, as the API accepted it; the status' workflow is told the command alone and takes it from here.
  `create table status_drafts (
    company text not null references companies,
    command uuid not null,
    status uuid not null,
    channel uuid not null,
    kind text not null check (kind in ('text', 'image')),
    text text not null,
    colour text check (colour in ('green', 'pink', 'blue', 'red')),
    image text,
    publish_at timestamptz not null,
    actor uuid not null,
    at timestamptz not null default clock_timestamp(),
    primary key (company, command),
    foreign key (company, channel) references channels,
    foreign key (company, image) references status_images,
    check ((kind = 'text') = (colour is not null) and (kind = 'image') = (image is not null))
  )`,
  // Written by the workflow's activities. wa_id: WhatsApp's id, under which it goes out however often that is tried; raw: what went out,
  // for phones that could not read it; recipients: to whom it went, audience of them are people of ours, left_out are those whose LID is
  // not known; last_command: done, should a killed worker be told of it again; ended_at: nothing waits for it any more.
  `create table statuses (
    company text not null references companies,
    id uuid not null,
    channel uuid not null,
    kind text not null check (kind in ('text', 'image')),
    text text not null,
    colour text check (colour in ('green', 'pink', 'blue', 'red')),
    image text,
    state text not null check (state in
      ('scheduled', 'missed', 'publishing', 'published', 'unknown', 'removing', 'expired', 'removed', 'cancelled', 'failed')),
    cause text,
    wa_id text not null,
    removal_wa_id text not null,
    last_command uuid not null,
    raw bytea,
    recipients text[],
    audience int,
    left_out int,
    publish_at timestamptz not null,
    published_at timestamptz,
    ended_at timestamptz,
    created_by uuid not null,
    created_at timestamptz not null default clock_timestamp(),
    primary key (company, id),
    unique (company, channel, wa_id),
    foreign key (company, channel) references channels,
    foreign key (company, image) references status_images,
    foreign key (company, created_by) references users
  ) with (fillfactor = 80)`,
  'create index statuses_by_time on statuses (company, publish_at)',
  // By address, not by contact: two contacts that turn out to be one person become one viewer by themselves.
  `create table status_views (
    company text not null references companies,
    status uuid not null,
    address text not null,
    at timestamptz not null,
    primary key (company, status, address),
    foreign key (company, status) references statuses on delete cascade
  )`,
  `create trigger statuses_made after insert on statuses for each row execute function log_change('status', 'id', 'none')`,
  `create trigger statuses_changed after update on statuses for each row
    when ((old.state, old.cause, old.text, old.colour, old.image, old.publish_at, old.ended_at, old.audience)
      is distinct from (new.state, new.cause, new.text, new.colour, new.image, new.publish_at, new.ended_at, new.audience))
    execute function log_change('status', 'id', 'none')`,
  `create trigger status_views_made after insert on status_views for each row execute function log_change('status', 'status', 'none')`,
  `create function log_status_gone() returns trigger language plpgsql as $$
  begin
    insert into changes (company, topic, subject) values (old.company, 'status', old.id);
    perform pg_notify('changes', old.company);
    return null;
  end $$`,
  'create trigger statuses_gone after delete on statuses for each row execute function log_status_gone()',
];

/** Calls of the gateway. Each takes the company from the lease. */
const publishing: readonly string[] = [
  // Who may see a status of a number: everybody with whom it has a conversation, as far as a LID of theirs is known (a phone number in the
  // list makes the network refuse it all, ack 479).
  `create function status_audience(p_company text, p_channel uuid, out recipients text[], out audience int, out left_out int)
  language sql stable as $$
    with people as (
      select k.contact, array_agg(a.address) filter (where a.address like '%@lid') lids
        from conversations k left join contact_addresses a on a.company = k.company and a.contact = k.contact
        where k.company = p_company and k.channel = p_channel group by k.contact)
    select coalesce((select array_agg(distinct lid order by lid) from people, unnest(lids) lid), '{}'),
        count(*) filter (where lids is not null), count(*) filter (where lids is null) from people
  $$`,

  // Marks a status as going out and gives what that needs. One that was cancelled, or is out, stays as it is.
  `create function wa_begin_status(p_channel uuid, p_epoch bigint, p_status uuid, out wa_id text, out kind text, out text text,
    out colour text, out image text, out mimetype text, out raw bytea, out state text, out cause text, out recipients text[])
  language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch);
  begin
    update statuses x set state = 'publishing', recipients = a.recipients, audience = a.audience, left_out = a.left_out
      from status_audience(c, p_channel) a
      where x.company = c and x.id = p_status and x.channel = p_channel
        and x.state in ('scheduled', 'publishing')
        and x.publish_at <= clock_timestamp() + interval '2 seconds'; -- machines' clocks differ a little
    select x.wa_id, x.kind, x.text, x.colour, x.image, i.mimetype, x.raw, x.state, x.cause, x.recipients
      into wa_id, kind, text, colour, image, mimetype, raw, state, cause, recipients
      from statuses x left join status_images i on i.company = x.company and i.sha256 = x.image
      where x.company = c and x.id = p_status and x.channel = p_channel;
  end $$`,

  // Keeps what is about to go out: the same bytes go out again after a crash, and to a phone that asks for them.
  `create function wa_keep_status(p_channel uuid, p_epoch bigint, p_status uuid, p_raw bytea) returns void language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch);
  begin
    update statuses x set raw = p_raw where x.company = c and x.id = p_status and x.channel = p_channel;
  end $$`,

  `create function wa_sent_status(p_channel uuid, p_epoch bigint, p_wa_id text, out raw bytea) language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch);
  begin
    select x.raw into raw from statuses x where x.company = c and x.channel = p_channel and x.wa_id = p_wa_id;
  end $$`,

  // The network's word about a status, or that there was none. A word that comes late still counts, a doubt never takes one back.
  `create function wa_settle_status(p_channel uuid, p_epoch bigint, p_wa_id text, p_state text, p_cause text) returns int
  language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); moved int;
  begin
    update statuses x set state = p_state, cause = p_cause,
        published_at = case when p_state = 'published' then coalesce(x.published_at, clock_timestamp()) else x.published_at end
      where x.company = c and x.channel = p_channel and x.wa_id = p_wa_id and x.ended_at is null
        and (x.state = 'publishing' or (x.state = 'unknown' and p_state in ('published', 'failed')));
    get diagnostics moved = row_count;
    return moved;
  end $$`,

  // What taking a status back needs; nothing when nobody wants that any more.
  `create function wa_begin_status_removal(p_channel uuid, p_epoch bigint, p_status uuid, out wa_id text, out removal_wa_id text,
    out recipients text[]) language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch);
  begin
    select x.wa_id, x.removal_wa_id, x.recipients into wa_id, removal_wa_id, recipients from statuses x
      where x.company = c and x.id = p_status and x.channel = p_channel and x.state = 'removing';
  end $$`,

  // It is taken back, or the network would not: then it is shown on, with the reason.
  `create function wa_settle_status_removal(p_channel uuid, p_epoch bigint, p_wa_id text, p_cause text) returns int language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); moved int;
  begin
    update statuses x set cause = p_cause,
        state = case when p_cause is null then 'removed' when x.published_at is null then 'unknown' else 'published' end
      where x.company = c and x.channel = p_channel and x.removal_wa_id = p_wa_id and x.state = 'removing';
    get diagnostics moved = row_count;
    return moved;
  end $$`,

  // Somebody has seen statuses: so they are out, whatever was known of them.
  `create function wa_status_viewed(p_channel uuid, p_epoch bigint, p_wa_ids text[], p_address text, p_at timestamptz) returns int
  language plpgsql as $$
  declare c text := lease_company(p_channel, p_epoch); moved int;
  begin
    update statuses x set state = 'published', cause = null, published_at = coalesce(x.published_at, clock_timestamp())
      where x.company = c and x.channel = p_channel and x.wa_id = any(p_wa_ids) and x.state in ('publishing', 'unknown') and x.ended_at is null;
    insert into status_views (company, status, address, at)
      select c, x.id, p_address, coalesce(p_at, clock_timestamp()) from statuses x
        where x.company = c and x.channel = p_channel and x.wa_id = any(p_wa_ids) on conflict do nothing;
    get diagnostics moved = row_count;
    return moved;
  end $$`,
];

/** Statuses of WhatsApp: shown for a day to those who know the number. */
export class Migration0011Statuses extends Migration {
  override up(): void {
    for (const statement of [...tables, ...publishing, ...lockRows(statusTables)]) this.addSql(statement);
  }

  override down(): void {
    throw new Error('What people planned is not thrown away: restore a backup instead.');
  }
}
