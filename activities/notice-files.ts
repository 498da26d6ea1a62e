import { forCompany } from '../libs/db/company.js';
import type { MikroORM } from '../libs/db/orm.js';
import { nextTryMs } from '../libs/domain/notices/retry.js';
import type { SendCause } from '../libs/domain/sending.js';
import { HttpFailure, type HttpClient, type HttpFailureCode } from '../libs/http/http-client.js';
import { maxBytes } from '../libs/media/check-file.js';
import { MediaUnavailable, type MediaStore } from '../libs/media/media-store.js';
import { checkSentFile } from '../libs/media/sent-file.js';
import type { BatchRef } from '../workflows/notices/contract.js';

export interface NoticeFileDeps {
  orm: MikroORM;
  media: MediaStore;
  /** Guarded: calls no private address that the operator has not allowed this company. */
  httpFor(company: string): HttpClient;
}

interface Wanted {
  id: string;
  url: string;
  attempts: number;
}

/** What a try at a file came to. */
type Fetched =
  | { kind: 'stored'; file: { kind: string; sha256: string; size: number; mimetype: string; name: string } }
  /** It will never be there. */
  | { kind: 'refused'; cause: SendCause }
  | { kind: 'later' }
  /** It is our store that is away: nothing is known of the file, and no try is used up. */
  | { kind: 'away' };

/** At once: each holds its file in memory. */
const AT_ONCE = 4;
const LIMIT_MS = 20_000;
const REDIRECTS = 3;

/** Failures of a call that another one cannot mend. */
const lasting: Partial<Record<HttpFailureCode, SendCause>> = { 'bad-url': 'file-address', 'address': 'file-address', 'redirect': 'file-address', 'too-large': 'too-large' };

/** Taken, with the next try set: a file that kills its worker does not do so in a circle. Oldest first. */
const TAKE = `update notices n set file_attempts = n.file_attempts + 1, file_next_at = clock_timestamp() + interval '2 minutes'
  from (select w.company, w.id from notices w where w.company = ? and w.channel = ?::uuid and w.day = ?::date and w.state = 'queued'
      and w.file_state = 'wanted' and w.file_next_at <= clock_timestamp() order by w.id limit ${AT_ONCE} for update) due
  where n.company = due.company and n.id = due.id returning n.id::text, n.file_url url, n.file_attempts attempts`;

/** The file's name as its address or the server tells it. */
function nameOf(url: string, disposition: string | undefined): string {
  const said = /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1] ?? new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(said).replace(/[\p{Cc}/\\]/gu, '').slice(0, 200);
  } catch {
    return said.replace(/[\p{Cc}/\\]/gu, '').slice(0, 200);
  }
}

async function fetched({ media }: NoticeFileDeps, http: HttpClient, company: string, url: string): Promise<Fetched> {
  let response;
  try {
    response = await http({ url, timeoutMs: LIMIT_MS, maxBytes: maxBytes.document, redirects: REDIRECTS });
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    const cause = lasting[error.code];
    return cause ? { kind: 'refused', cause } : { kind: 'later' };
  }
  if (response.status !== 200) return { kind: 'later' };
  const name = nameOf(response.url, response.headers['content-disposition']);
  const check = checkSentFile(response.body, name);
  if (!check.ok) return { kind: 'refused', cause: check.reason === 'too-large' ? 'too-large' : 'file-refused' };
  try {
    const { sha256, size } = await media.put(company, response.body);
    return { kind: 'stored', file: { kind: check.kind, sha256, size, mimetype: check.mimetype, name } };
  } catch (error) {
    if (!(error instanceof MediaUnavailable)) throw error;
    return { kind: 'away' };
  }
}

async function settle({ orm }: NoticeFileDeps, company: string, { id, attempts }: Wanted, result: Fetched): Promise<void> {
  const waitMs = result.kind === 'later' ? nextTryMs(attempts, 'file') : undefined;
  await forCompany(orm, company, async (em) => {
    if (result.kind === 'stored') {
      const { kind, sha256, size, mimetype, name } = result.file;
      await em.execute(
        `update notices set file_state = 'stored', file_kind = ?, file_sha256 = ?, file_size = ?, file_mimetype = ?, file_name = ?
          where company = ? and id = ?::bigint and file_state = 'wanted'`, [kind, sha256, size, mimetype, name === '' ? null : name, company, id]);
    } else if (result.kind === 'away') {
      await em.execute('update notices set file_attempts = file_attempts - 1 where company = ? and id = ?::bigint', [company, id]); // due again as it was taken
    } else if (waitMs !== undefined) {
      await em.execute('update notices set file_next_at = clock_timestamp() + make_interval(secs => ?) where company = ? and id = ?::bigint', [waitMs / 1_000, company, id]);
    } else {
      const cause: SendCause = result.kind === 'refused' ? result.cause : 'file-not-fetched';
      await em.execute(
        `update notices set state = 'failed', cause = ?, settled_at = clock_timestamp() where company = ? and id = ?::bigint and state = 'queued' and message is null`, [cause, company, id]);
    }
  });
}

/** Files of notices that came as addresses. */
export function createNoticeFileActivities(deps: NoticeFileDeps) {
  return {
    /**
     * Fetches a few files that are due, checks them by what they are and keeps them; what cannot be had fails its notice with the cause.
     * While the media store is away they are due again in two minutes, until they expire: notices without files do not wait for it.
     * @throws what the database throws: what was taken is due again in two minutes
     */
    fetchNoticeFiles: async ({ company, channel, day }: BatchRef): Promise<void> => {
      const wanted = await forCompany(deps.orm, company, (em) => em.execute<Wanted[]>(TAKE, [company, channel, day]));
      const http = deps.httpFor(company);
      await Promise.all(wanted.map(async (one) => settle(deps, company, one, await fetched(deps, http, company, one.url))));
    },
  };
}

export type NoticeFileActivities = ReturnType<typeof createNoticeFileActivities>;
