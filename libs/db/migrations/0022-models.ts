import { Migration } from '@mikro-orm/migrations';
import { modelTables } from './company-tables.js';
import { lockRows } from './row-level-security.js';

const tables: readonly string[] = [
  // The OpenAI-compatible server of a company. key: sealed, and its last four characters to be recognised by. enabled false: kept, and not asked.
  // Ranges are those of libs/ai/openai/settings.ts.
  `create table model_settings (
    company text primary key references companies,
    base_url text not null check (char_length(base_url) <= 500),
    api text not null check (api in ('responses', 'chat')),
    structured text not null check (structured in ('json_schema', 'json_object', 'prompt')),
    vision_model text not null check (char_length(vision_model) between 1 and 120),
    key bytea,
    key_ending text not null default '',
    timeout_ms int not null check (timeout_ms between 5000 and 90000),
    max_tokens int not null check (max_tokens between 500 and 32000),
    budget_day int check (budget_day > 0),
    enabled boolean not null default true,
    version int not null default 1 check (version > 0),
    saved_at timestamptz not null default clock_timestamp(),
    saved_by uuid,
    foreign key (company, saved_by) references users
  )`,
  // Requests by the company's day: they cost money.
  `create table model_usage (
    company text not null references model_settings on delete cascade,
    day date not null,
    requests int not null default 0 check (requests >= 0),
    primary key (company, day)
  ) with (fillfactor = 50)`,
  // How the last calls went. fault: of ModelFault, since the last one that was answered.
  `create table model_health (
    company text primary key references model_settings on delete cascade,
    ok_at timestamptz,
    fault text,
    fault_at timestamptz
  ) with (fillfactor = 50)`,
  // Takes one request of the day's budget under the settings' lock: of two at once, the second sees what the first has taken.
  `create function model_take_request(of_company text, on_day date) returns boolean
  language plpgsql as $$
  declare
    budget int;
    used int;
  begin
    select budget_day into budget from model_settings where company = of_company for no key update;
    if not found then return false; end if;
    select coalesce(max(requests), 0) into used from model_usage where company = of_company and day = on_day;
    if used >= budget then return false; end if;
    insert into model_usage (company, day, requests) values (of_company, on_day, 1)
      on conflict (company, day) do update set requests = model_usage.requests + 1;
    return true;
  end $$`,
];

/** Models with vision: how a company reaches its own, and what asking costs. */
export class Migration0022Models extends Migration {
  override up(): void {
    for (const statement of [...tables, ...lockRows(modelTables)]) this.addSql(statement);
  }

  override down(): void {
    this.addSql('drop function model_take_request');
    for (const table of [...modelTables].reverse()) this.addSql(`drop table ${table}`);
  }
}
