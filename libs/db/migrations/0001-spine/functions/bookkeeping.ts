export const companyBookkeeping: readonly string[] = [
  // The company comes from the lease, never from the caller; from here on row-level security holds for it.
  `create function lease_company(p_channel uuid, p_epoch bigint) returns text language plpgsql as $$
  declare c text;
  begin
    select company into c from channel_leases
      where channel = p_channel and epoch = p_epoch and until > clock_timestamp() for share;
    if not found then raise exception 'fenced' using errcode = 'HL001'; end if;
    perform set_config('app.company', c, true);
    return c;
  end $$`,

  // One person, one contact: whichever address is known first, the others are attached to it.
  `create function contact_of(p_company text, p_addresses text[], p_name text) returns uuid language plpgsql as $$
  declare found_contact uuid; made uuid; known int;
  begin
    select array_agg(distinct a order by a) into p_addresses from unnest(p_addresses) a where a is not null and a <> '';
    select c.id, count(*) over () into found_contact, known
      from contact_addresses a join contacts c on c.company = a.company and c.id = a.contact
      where a.company = p_company and a.address = any(p_addresses)
      order by c.created_at, c.id limit 1;
    if found_contact is null then
      insert into contacts (company, name) values (p_company, p_name) returning id into made;
      insert into contact_addresses (company, address, contact)
        select p_company, a, made from unnest(p_addresses) a on conflict do nothing;
      select contact into found_contact from contact_addresses
        where company = p_company and address = any(p_addresses) order by (contact = made), address limit 1;
      if found_contact <> made then -- another transaction was first with one of the addresses
        update contact_addresses set contact = found_contact where company = p_company and contact = made;
        delete from contacts where company = p_company and id = made;
      end if;
      return found_contact;
    end if;
    if known < cardinality(p_addresses) then
      insert into contact_addresses (company, address, contact)
        select p_company, a, found_contact from unnest(p_addresses) a on conflict (company, address) do nothing;
    end if;
    update contacts set name = p_name
      where company = p_company and id = found_contact and p_name is not null and name is distinct from p_name;
    return found_contact;
  end $$`,
];
