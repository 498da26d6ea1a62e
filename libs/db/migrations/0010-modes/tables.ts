/** The mode of a company, the texts of its emergency message, and who changed what. */
export const modesAndAudit: readonly string[] = [
  // One row a company that has ever left COMPLETE; none means COMPLETE.
  `create table operating_modes (
    company text not null references companies,
    mode text not null check (mode in ('complete', 'gateway-only', 'emergency', 'stopped')),
    since timestamptz not null default clock_timestamp(),
    changed_by uuid,
    primary key (company),
    foreign key (company, changed_by) references users
  ) with (fillfactor = 70)`,
  // A text that customers may have been told stays: a new one is another version, and the newest is said.
  `create table emergency_texts (
    company text not null references companies,
    version int not null check (version > 0),
    text text not null check (text <> ''),
    saved_at timestamptz not null default clock_timestamp(),
    saved_by uuid,
    primary key (company, version),
    foreign key (company, saved_by) references users
  )`,
  `create trigger operating_modes_made after insert on operating_modes for each row execute function log_change('mode', 'company', 'none')`,
  `create trigger operating_modes_changed after update on operating_modes for each row when (old.* is distinct from new.*)
    execute function log_change('mode', 'company', 'none')`,
  `create trigger emergency_texts_made after insert on emergency_texts for each row execute function log_change('mode', 'company', 'none')`,

  // Since when messages of this conversation have been kept for people; they are offered when a mode answers customers again.
  'alter table conversations add column kept_since timestamptz',
  'create index conversations_kept on conversations (company, channel, kept_since) where kept_since is not null',
  // How many are kept is shown live: screens that show the mode read it again.
  `create trigger conversations_kept_changed after update of kept_since on conversations for each row
    when (new.kept_since is distinct from old.kept_since) execute function log_change('mode', 'company', 'none')`,

  `alter table companies add column late_after_minutes int not null default 360 check (late_after_minutes > 0)`,

  // Who changed what, written in the transaction of the change; nobody changes or removes a line. The actor has no foreign key, and
  // their name is there as it was: the line outlives them.
  `create table audit_log (
    company text not null references companies,
    id bigint generated always as identity,
    at timestamptz not null default clock_timestamp(),
    actor uuid,
    actor_name text,
    action text not null,
    subject text not null,
    before jsonb,
    after jsonb,
    request text,
    address text,
    primary key (company, id)
  )`,
  'create index audit_log_of on audit_log (company, action, subject, id desc)',
];
