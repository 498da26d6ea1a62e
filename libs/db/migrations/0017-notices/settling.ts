/** A notice's state follows its message's; each state is remembered, and told to the ISP's system where it wants that. */
export const settling: readonly string[] = [
  `create function notice_follows() returns trigger language plpgsql as $$
  begin
    update notices n set state = case when new.state in ('queued', 'sending') then 'queued' else new.state end, cause = new.cause,
        settled_at = case when new.state in ('queued', 'sending', 'unknown') then null else coalesce(n.settled_at, clock_timestamp()) end
      where n.company = new.company and n.message = new.id;
    return null;
  end $$`,
  // Looked at for notices alone: every other message pays nothing.
  `create trigger notice_follows after update of state, cause on messages for each row
    when (new.step like 'notice/%' and (new.state is distinct from old.state or new.cause is distinct from old.cause))
    execute function notice_follows()`,

  `create function notice_happened() returns trigger language plpgsql as $$
  declare tells boolean := new.state <> 'queued' and exists (select from gateway_callbacks g where g.company = new.company);
  begin
    insert into notice_events (company, notice, kind, cause, callback)
      values (new.company, new.id, new.state, new.cause, case when tells then 'due' else 'none' end);
    if tells then perform pg_notify('notice_callbacks', new.company); end if;
    return null;
  end $$`,
  `create trigger notice_happened after update of state on notices for each row when (new.state is distinct from old.state)
    execute function notice_happened()`,
];
