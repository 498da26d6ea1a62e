import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { acceptNotice } from '../../../libs/db/notices.js';
import { LONGEST_NOTICE, SAME_WITHIN_MINUTES } from '../../../libs/domain/notices/notice.js';
import { phoneCountryOf } from '../../../libs/domain/phone.js';
import { phoneProblemWords, readPhone } from '../../../libs/domain/phone/line.js';
import { MediaUnavailable } from '../../../libs/media/media-store.js';
import { checkSentFile } from '../../../libs/media/sent-file.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { isStorable } from '../platform/storable-text.js';
import type { Caller } from './door.js';
import { Etas } from './etas.js';
import type { SentFile } from './fields.js';
import { mustBePublic } from './file-url.js';
import { NoticeWakes } from './notice-wakes.js';
import { isPlaceholder, wordsOf } from './words.js';

/** What somebody asks to be sent. */
export interface Asked {
  /** The number that sends: its id or digits; absent: the company's first one. */
  channel: string | undefined;
  to: string | undefined;
  message: string | undefined;
  /** Where its file is; fetched when its turn comes. */
  url: string | undefined;
  attached: SentFile | undefined;
  /** The same under the same key is the same notice. */
  key: string | undefined;
}

export interface Accepted {
  id: string;
  /** Absent where nobody can say. */
  eta?: string;
}

const LONGEST_KEY = 200;
const refusals = {
  'empty': 'El archivo está vacío.',
  'too-large': 'El archivo es más grande de lo que se puede mandar.',
  'wrong-type': 'El archivo no es lo que dice ser.',
  'forbidden-type': 'Los programas no se mandan.',
} as const;

/** Accepts what ISPs' systems ask to be sent: a committed row, whatever happens then. Nothing is fetched and nobody is asked here. */
@Injectable()
export class Gateway {
  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly etas: Etas,
    private readonly wakes: NoticeWakes,
  ) {}

  /** @throws ProblemException for what cannot be sent: then nothing of it is kept */
  async accept(caller: Caller, asked: Asked): Promise<Accepted> {
    const channel = channelOf(caller, asked.channel);
    const address = addressOf(asked.to, caller.locale);
    const text = textOf(asked);
    if (asked.url !== undefined) await mustBePublic(asked.url, this.sources, caller.company);
    const file = asked.attached ? await this.#kept(caller.company, asked.attached) : undefined;
    const key = asked.key?.slice(0, LONGEST_KEY);
    if (!isStorable([text, key ?? '', asked.url ?? '', file?.file_name ?? ''])) throw new ProblemException('bad-request');
    const fingerprint = createHash('sha256').update(JSON.stringify([channel, address, text, file?.sha256 ?? asked.url ?? null])).digest('hex');
    const notice = {
      token: caller.token.id, channel, key: key ?? null, fingerprint, address, text, expiry_minutes: caller.token.expiryMinutes, url: file ? null : (asked.url ?? null), ...file,
    };
    const row = await acceptNotice(this.sources.orm, caller.company, notice, SAME_WITHIN_MINUTES);
    if (row.outcome === 'key-reused') throw new ProblemException('idempotency-key-reused');
    if (row.outcome === 'accepted') this.wakes.wake({ company: caller.company, channel, day: row.batch_day });
    const eta = await this.etas.ofNewest(caller.company, channel, row.is_first).catch(() => undefined); // accepted it is, whenever it leaves
    return { id: row.id, ...(eta ? { eta: eta.toISOString() } : {}) };
  }

  /** Checks a file by what it is, and keeps it. @throws ProblemException `file-refused`, `files-away` */
  async #kept(company: string, { bytes, name }: SentFile) {
    const check = checkSentFile(bytes, name);
    if (!check.ok) throw new ProblemException('file-refused', { detail: refusals[check.reason] });
    const { sha256, size } = await this.sources.media.put(company, bytes).catch((error: unknown) => {
      throw error instanceof MediaUnavailable ? new ProblemException('files-away') : error;
    });
    return { kind: check.kind, sha256, size, mimetype: check.mimetype, file_name: name === '' ? null : name.slice(0, 200) };
  }
}

/** @throws ProblemException `channel-unknown` */
function channelOf({ channels }: Caller, named: string | undefined): string {
  const found = named === undefined ? channels[0] : channels.find(({ id, number }) => id === named.toLowerCase() || (number !== null && number === named.replace(/^\+/, '')));
  if (!found) throw new ProblemException('channel-unknown');
  return found.id;
}

/** @throws ProblemException `phone-missing`, `placeholder`, `phone-refused` */
function addressOf(to: string | undefined, locale: string): string {
  if (to === undefined) throw new ProblemException('phone-missing');
  if (isPlaceholder(to)) throw new ProblemException('placeholder');
  const read = readPhone(to, phoneCountryOf(locale));
  if (!read.ok) throw new ProblemException('phone-refused', { detail: phoneProblemWords[read.problem] });
  return `${read.line.send[0]}@s.whatsapp.net`;
}

/** @throws ProblemException `message-missing`, `placeholder`, `message-too-long` */
function textOf({ message, url, attached }: Asked): string {
  if (message !== undefined && isPlaceholder(message)) throw new ProblemException('placeholder');
  if (url !== undefined && isPlaceholder(url)) throw new ProblemException('placeholder');
  const text = wordsOf(message ?? '');
  if (text === '' && url === undefined && attached === undefined) throw new ProblemException('message-missing');
  if ([...text].length > LONGEST_NOTICE) throw new ProblemException('message-too-long');
  return text;
}
