import type { AboutMessage, OutgoingFile, Reads, SendOrder } from '../../libs/channels/whatsapp/store.js';
import type { MessageDetails } from '../../libs/domain/message/details.js';

/** What `wa_begin_send` answers: all null for a row that this channel does not have. */
export interface SendRow extends Record<string, unknown> {
  wa_id: string | null;
  kind: string;
  text: string | null;
  state: string;
  cause: string | null;
  addresses: string[] | null;
  details: MessageDetails | null;
  raw: Buffer | null;
  file: { sha256: string | null; mimetype: string | null; fileName: string | null } | null;
  about: { waId: string; kind: string; text: string | null; fromMe: boolean } | null;
  about_raw: Buffer | null;
  has_written: boolean;
  conversation: string;
  read_to: string | null;
  reads: { waId: string; from: string | null }[] | null;
}

const fileOf = ({ file }: SendRow): OutgoingFile | undefined =>
  file?.sha256 ? { sha256: file.sha256, ...(file.mimetype ? { mimetype: file.mimetype } : {}), ...(file.fileName ? { fileName: file.fileName } : {}) } : undefined;

function aboutOf({ about, about_raw: raw }: SendRow): AboutMessage | undefined {
  if (!about) return undefined;
  const { text, ...rest } = about;
  return { ...rest, ...(text === null ? {} : { text }), ...(raw ? { raw } : {}) };
}

function readsOf({ conversation, read_to: upTo, reads }: SendRow): Reads | undefined {
  if (!reads || upTo === null) return undefined;
  return { conversation, upTo: Number(upTo), messages: reads.map(({ waId, from }) => ({ waId, ...(from ? { from } : {}) })) };
}

/** A row of `wa_begin_send` as the channel knows it; nothing for none. */
export function orderOf(row: SendRow): SendOrder | undefined {
  const { wa_id: waId, kind, text, state, cause, addresses, details, raw, has_written: hasWritten } = row;
  if (!waId) return undefined;
  const [file, about, reads] = [fileOf(row), aboutOf(row), readsOf(row)];
  return {
    waId, kind, text: text ?? '', state, cause, addresses: addresses ?? [], hasWritten,
    ...(details ? { details } : {}), ...(raw ? { raw } : {}), ...(file ? { file } : {}), ...(about ? { about } : {}), ...(reads ? { reads } : {}),
  };
}
