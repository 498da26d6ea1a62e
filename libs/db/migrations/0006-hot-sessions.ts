import { Migration } from '@mikro-orm/migrations';

/**
 * Who holds a session, in one statement, as every request asks for it; once a minute it notes that the session is used. A session
 * that is not remembered lives for another p_idle from then on.
 */
const SESSION_READ = `create function session_read(p_company text, p_token_sha256 bytea, p_idle interval) returns jsonb language plpgsql as $$
  declare s sessions; u users;
  begin
    perform set_config('app.company', p_company, true);
    select * into s from sessions where company = p_company and token_sha256 = p_token_sha256 and expires_at > now();
    if not found then return null; end if;
    select * into u from users where company = p_company and id = s.owner and active;
    if not found then return null; end if;
    if s.seen_at < now() - interval '1 minute' then
      update sessions set seen_at = now(), expires_at = case when remember then expires_at else now() + p_idle end
        where company = p_company and id = s.id;
    end if;
    return jsonb_build_object('session', s.id, 'csrf', s.csrf, 'remember', s.remember, 'mustChangePassword', u.must_change_password,
      'user', jsonb_build_object('id', u.id, 'login', u.login, 'name', u.name, 'role', u.role, 'departments',
        (select coalesce(jsonb_agg(d.department order by d.department), '[]') from user_departments d where d.company = p_company and d.member = u.id)));
  end $$`;

/** Sessions are read on the path of every request. */
export class Migration0006HotSessions extends Migration {
  override up(): void {
    this.addSql(SESSION_READ);
  }

  override down(): void {
    this.addSql('drop function session_read(text, bytea, interval)');
  }
}
