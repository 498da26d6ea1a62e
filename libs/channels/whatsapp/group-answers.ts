import { isJidGroup, jidNormalizedUser, normalizeMessageContent, proto, unpadRandomMax16, type BinaryNode } from '@whiskeysockets/baileys';
import { readGroupAnswer } from '../../domain/ticket/group-answer.js';
import type { GroupAnswerRow } from './store.js';

/** Ids as phones make them. */
const ID = /^[\w.:-]{1,200}$/;
/** Nobody needs more to take a ticket; what is longer is talk, and is not looked at. */
const LONGEST = 60;

/**
 * Pure: what of a group's message may take a ticket. Everything else that is said in groups is read by nobody and kept nowhere. Whether the
 * group hears of tickets and whoever speaks is an agent is for the database to say, in the statement that keeps it.
 */
export function groupAnswersOf({ attrs }: BinaryNode, plaintext: Uint8Array): GroupAnswerRow[] {
  const { from, id, participant } = attrs;
  if (!isJidGroup(from) || !from || !participant || !id || !ID.test(id)) return [];
  const content = normalizeMessageContent(proto.Message.decode(unpadRandomMax16(plaintext)));
  const text = content?.conversation ?? content?.extendedTextMessage?.text ?? '';
  if (text === '' || text.length > LONGEST) return [];
  const quoted = content?.extendedTextMessage?.contextInfo?.stanzaId ?? undefined;
  const answer = readGroupAnswer(text, quoted !== undefined);
  if (!answer) return [];
  const addresses = [participant, attrs['participant_pn'], attrs['participant_lid']].filter((jid): jid is string => !!jid).map(jidNormalizedUser);
  return [{ group: from, id, addresses, ...(quoted !== undefined && ID.test(quoted) ? { quoted } : {}), ...answer }];
}
