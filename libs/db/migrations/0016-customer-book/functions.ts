const ACCENTED = 'áàäâãåéèëêíìïîóòöôõúùüûñçÁÀÄÂÃÅÉÈËÊÍÌÏÎÓÒÖÔÕÚÙÜÛÑÇ';
const BARE = 'aaaaaaeeeeiiiiooooouuuuncAAAAAAEEEEIIIIOOOOOUUUUNC';

/** Before the tables: their columns use them. */
export const bookText: readonly string[] = [
  // As people search: without accents and capitals.
  `create function book_fold(p text) returns text language sql immutable strict parallel safe as $$
    select lower(translate(p, '${ACCENTED}', '${BARE}'))
  $$`,
  // array_to_string is only stable, for arrays of other types than text.
  `create function book_words(p text[]) returns text language sql immutable strict parallel safe as $$ select array_to_string(p, ' ') $$`,
];

const versioned = ['customers', 'plans', 'services', 'invoices'];
const told = [...versioned, 'payments', 'invoicing_runs', 'import_batches'];

const events = [['insert', 'new'], ['update', 'new'], ['delete', 'old']] as const;

export const bookTriggers: readonly string[] = [
  `create function book_touched() returns trigger language plpgsql as $$
  begin
    if to_jsonb(new) - 'search' is distinct from to_jsonb(old) - 'search' then
      new.version := old.version + 1;
      if tg_table_name = 'customers' then new.updated_at := clock_timestamp(); end if;
    end if;
    return new;
  end $$`,
  ...versioned.map((table) => `create trigger ${table}_touched before update on ${table} for each row execute function book_touched()`),
  // One line in the change log a statement: an import of ten thousand customers is one change of the list.
  `create function log_book_change() returns trigger language plpgsql as $$
  declare c text;
  begin
    for c in select distinct company from touched loop
      insert into changes (company, topic, subject) values (c, 'customer', tg_table_name);
      perform pg_notify('changes', c);
    end loop;
    return null;
  end $$`,
  ...told.flatMap((table) => events.map(([event, rows]) => `create trigger ${table}_told_${event} after ${event} on ${table}
    referencing ${rows} table as touched for each statement execute function log_book_change()`)),

  // The company's settings, locked until the end of the transaction; made of what the book has when they are first wanted.
  `create function book_settings_locked(p_company text) returns book_settings language plpgsql as $$
  declare s book_settings;
  begin
    select * into s from book_settings b where b.company = p_company for update;
    if found then return s; end if;
    insert into book_settings (company, invoice_prefix, last_invoice, last_customer, last_service)
      select p_company, coalesce((select split_part(max(i.number), '-', 1) from invoices i where i.company = p_company and i.number ~ '^[0-9]{4}-[0-9]{8}$'), '0001'),
        0, coalesce((select max(c.number::int) from customers c where c.company = p_company and c.number ~ '^[0-9]{1,9}$'), 0),
        coalesce((select max(v.number::int) from services v where v.company = p_company and v.number ~ '^[0-9]{1,9}$'), 0)
      on conflict do nothing;
    update book_settings b set last_invoice = coalesce((select max(split_part(i.number, '-', 2)::int) from invoices i
        where i.company = p_company and i.number ~ ('^' || b.invoice_prefix || '-[0-9]{8}$')), 0)
      where b.company = p_company and b.last_invoice = 0;
    select * into s from book_settings b where b.company = p_company for update;
    return s;
  end $$`,
];
