/** Which contact an envelope leads to, and how two of them become one. Locks go contacts first, then conversations, each in order of ids. */
export const contactFunctions: readonly string[] = [
  `create function contact_root(p_company text, p_contact uuid) returns uuid language sql stable as $$
    with recursive up as (
      select id, merged_into from contacts where company = p_company and id = p_contact
      union all
      select c.id, c.merged_into from up join contacts c on c.company = p_company and c.id = up.merged_into)
    select id from up where merged_into is null
  $$`,

  // A contact and all that were merged into it.
  `create function contact_side(p_company text, p_contact uuid) returns uuid[] language sql stable as $$
    with recursive down as (
      select p_contact as id
      union all
      select c.id from down join contacts c on c.company = p_company and c.merged_into = down.id)
    select array_agg(id) from down
  $$`,

  // Somebody has taken these two apart: no envelope puts them together again, only a person may.
  `create function kept_apart(p_company text, p_one uuid, p_other uuid) returns boolean language sql stable as $$
    select exists (select from contact_merges m where m.company = p_company and m.undone_at is not null
      and (m.loser = any(contact_side(p_company, p_one)) and contact_root(p_company, m.winner) = p_other
        or m.loser = any(contact_side(p_company, p_other)) and contact_root(p_company, m.winner) = p_one))
  $$`,

  // Where messages of a contact go on a channel; its row is held. A merge that comes between makes another one live: looked up again.
  // family: itself and those merged into it, whose messages come again here.
  `create function living_conversation(p_company text, p_channel uuid, p_contact uuid, out id uuid, out last_seq bigint, out family uuid[])
  language plpgsql as $$
  begin
    loop
      select v.id, v.last_seq into living_conversation.id, living_conversation.last_seq from conversations v
        where v.company = p_company and v.channel = p_channel and v.contact = p_contact and v.merged_into is null for update;
      exit when found;
      insert into conversations (company, channel, contact) values (p_company, p_channel, p_contact) on conflict do nothing;
    end loop;
    select array_agg(m.id) into family from conversations m
      where m.company = p_company and m.merged_into = living_conversation.id;
    family := living_conversation.id || coalesce(family, '{}');
  end $$`,

  // The newer one's conversation joins the older one's on each channel; the one with an open ticket lives on, so that its agent hears
  // what comes. That the phone's owner has taken a chat over holds for the person. What waits for its text waits where it will come.
  `create function join_conversations(p_company text, p_winner uuid, p_loser uuid) returns void language plpgsql as $$
  declare ch uuid; living uuid[]; owner_until numeric;
  begin
    perform from conversations v where v.company = p_company and v.contact in (p_winner, p_loser) order by v.id for update;
    for ch in select distinct v.channel from conversations v where v.company = p_company and v.contact = p_loser loop
      select array_agg(v.id order by (v.ticket is not null) desc, (v.state is not null) desc, (v.contact = p_winner) desc) into living
        from conversations v
        where v.company = p_company and v.channel = ch and v.contact in (p_winner, p_loser) and v.merged_into is null;
      continue when cardinality(living) < 2;
      update conversations v set merged_into = living[1]
        where v.company = p_company and (v.id = living[2] or v.merged_into = living[2]);
      select greatest((v.state->>'ownerUntilMs')::numeric, (
          select floor(extract(epoch from max(m.at)) * 1000) + c.owner_silence_minutes * 60000 from messages m
            where m.company = p_company and m.conversation = v.id and m.seq > v.handled_seq and m.author = 'owner'))
        into owner_until from conversations v join companies c on c.id = v.company where v.company = p_company and v.id = living[2];
      update conversations v set state = jsonb_set(v.state, '{ownerUntilMs}', to_jsonb(owner_until)), revision = v.revision + 1
        where v.company = p_company and v.id = living[1] and v.state is not null
          and owner_until > coalesce((v.state->>'ownerUntilMs')::numeric, 0);
      update messages m set conversation = living[1]
        where m.company = p_company and m.conversation = living[2] and m.kind = 'placeholder' and m.seq is null
          and not exists (select from messages o where o.company = m.company and o.conversation = living[1]
            and o.participant = m.participant and o.from_me = m.from_me and o.wa_id = m.wa_id);
    end loop;
    update tickets t set contact = p_winner where t.company = p_company and t.contact = p_loser;
    update conversations v set contact = p_winner, home = coalesce(v.home, p_loser) where v.company = p_company and v.contact = p_loser;
  end $$`,

  // The older contact wins. Returns it; where another merge was first, the one that p_one now leads to.
  `create function contact_merge(p_company text, p_one uuid, p_other uuid, p_by uuid, p_reason text) returns uuid language plpgsql as $$
  declare pair uuid[]; w uuid; l uuid;
  begin
    perform from contacts c where c.company = p_company and c.id in (p_one, p_other) order by c.id for update;
    select array_agg(c.id order by c.created_at, c.id) into pair from contacts c
      where c.company = p_company and c.id in (p_one, p_other) and c.merged_into is null;
    if coalesce(cardinality(pair), 0) < 2 then return contact_root(p_company, p_one); end if;
    w := pair[1];
    l := pair[2];
    insert into contact_merges (company, winner, loser, addresses, reason, by)
      select p_company, w, l, coalesce(jsonb_agg(a.address order by a.address), '[]'), p_reason, p_by
        from contact_addresses a where a.company = p_company and a.contact = l;
    update contacts c set merged_into = w where c.company = p_company and c.id = l;
    update contacts c set name = o.name from contacts o
      where c.company = p_company and c.id = w and c.name is null and o.company = p_company and o.id = l and o.name is not null;
    update contact_addresses a set contact = w, home = coalesce(a.home, l) where a.company = p_company and a.contact = l;
    perform join_conversations(p_company, w, l);
    return w;
  end $$`,

  // As before, and: a spelling of a known phone is that phone; several known contacts become one, unless a person took them apart (then
  // the address that comes first decides). The contact's row is held in share, so that it is not merged before its message is written.
  `create or replace function contact_of(p_company text, p_addresses text[], p_name text) returns uuid language plpgsql as $$
  declare keys text[]; known uuid[]; exact int; who uuid; other uuid; whose uuid; made uuid;
  begin
    select array_agg(x.a order by x.i), array_agg(address_key(x.a) order by x.i) into p_addresses, keys from (
      select u.a, min(u.i) i from unnest(p_addresses) with ordinality u(a, i) where u.a <> '' group by u.a) x;
    loop
      select array_agg(k.contact order by k.place), sum(k.exact), (array_agg(k.home order by k.place))[1] into known, exact, whose from (
        select a.contact, min(coalesce(array_position(p_addresses, a.address), 100 + array_position(keys, a.key))) place,
            count(*) filter (where a.address = any(p_addresses)) exact, (array_agg(a.home order by array_position(keys, a.key)))[1] home
          from contact_addresses a where a.company = p_company and a.key = any(keys) group by a.contact) k;
      if known is null then
        insert into contacts (company, name) values (p_company, p_name) returning id into made;
        insert into contact_addresses (company, address, contact)
          select p_company, a, made from unnest(p_addresses) a order by a on conflict do nothing;
        select a.contact into who from contact_addresses a
          where a.company = p_company and a.address = any(p_addresses) order by (a.contact = made), a.address limit 1;
        if who = made then return made; end if;
        update contact_addresses a set contact = who where a.company = p_company and a.contact = made; -- another was first with one of them
        delete from contacts c where c.company = p_company and c.id = made;
        continue;
      end if;
      who := known[1];
      foreach other in array known[2:] loop
        continue when kept_apart(p_company, who, other);
        who := contact_merge(p_company, who, other, null, case when exists (select from contact_addresses a
          where a.company = p_company and a.contact = other and a.address = any(p_addresses)) then 'envelope' else 'spelling' end);
      end loop;
      perform from contacts c where c.company = p_company and c.id = who and c.merged_into is null for key share;
      exit when found;
    end loop;
    if exact < cardinality(p_addresses) then
      insert into contact_addresses (company, address, contact, home)
        select p_company, a, who, whose from unnest(p_addresses) a order by a on conflict (company, address) do nothing;
    end if;
    update contacts c set name = p_name
      where c.company = p_company and c.id = who and p_name is not null and c.name is distinct from p_name;
    return who;
  end $$`,

  // A ticket that opens in a conversation that was merged away (asked for before, opened again after): its agent is to hear what comes,
  // so it lives again, unless the one that lives has an open ticket itself.
  `create function conversation_lives_again() returns trigger language plpgsql as $$
  declare living uuid := new.merged_into;
  begin
    update conversations v set merged_into = new.id where v.company = new.company and v.id = living and v.ticket is null;
    if found then
      update conversations v set merged_into = new.id where v.company = new.company and v.merged_into = living and v.id <> new.id;
      new.merged_into := null;
    end if;
    return new;
  end $$`,
  `create trigger conversation_lives_again before update of ticket on conversations for each row
    when (old.ticket is null and new.ticket is not null and new.merged_into is not null) execute function conversation_lives_again()`,
];
