import { decryptMediaRetryData, encryptMediaRetryRequest, proto, type WAMessageKey, type WASocket } from '@whiskeysockets/baileys';
import type { Session } from '../session.js';

const { ResultType } = proto.MediaRetryNotification;

/** The phone's answer to being asked for a file again: where it is now, that it has it no more, or nothing in time. */
export type AskedAgain = { directPath: string } | 'not-on-phone' | 'no-answer';

/**
 * Asks the own phone to upload a file again that the network has dropped. Never throws. As the client's `updateMediaMessage`, with a limit:
 * that one waits for ever while the phone is off.
 */
export async function askAgain(
  parts: { sock: WASocket; session: Session },
  file: { key: WAMessageKey & { id: string }; mediaKey: Uint8Array },
  limitMs: number,
): Promise<AskedAgain> {
  const { sock, session } = parts;
  const me = sock.authState.creds.me?.id;
  if (!me) return 'no-answer';
  const answer = answerTo(sock, file, limitMs);
  try {
    await sock.sendNode(encryptMediaRetryRequest(file.key, Buffer.from(file.mediaKey), me));
    return await session.firstOf(answer.comes, () => 'no-answer');
  } catch {
    return 'no-answer';
  } finally {
    answer.stop();
  }
}

type Update = { key: WAMessageKey; media?: { ciphertext: Uint8Array; iv: Uint8Array }; error?: { output?: { statusCode?: number } } };

function answerTo({ ev }: WASocket, { key, mediaKey }: { key: { id: string }; mediaKey: Uint8Array }, limitMs: number) {
  let stop!: () => void;
  const comes = new Promise<AskedAgain>((resolve) => {
    const timer = setTimeout(() => resolve('no-answer'), limitMs);
    const hear = (updates: unknown) => {
      const update = (updates as Update[]).find((one) => one.key.id === key.id);
      if (update) resolve(read(update, mediaKey, key.id));
    };
    ev.on('messages.media-update', hear);
    stop = () => {
      clearTimeout(timer);
      ev.off('messages.media-update', hear);
    };
  });
  return { comes, stop };
}

function read({ media, error }: Update, mediaKey: Uint8Array, id: string): AskedAgain {
  if (error || !media) return error?.output?.statusCode === 404 ? 'not-on-phone' : 'no-answer';
  try {
    const { result, directPath } = decryptMediaRetryData(media, mediaKey, id);
    if (result === ResultType.SUCCESS && directPath) return { directPath };
    return result === ResultType.NOT_FOUND ? 'not-on-phone' : 'no-answer';
  } catch {
    return 'no-answer'; // not from this phone
  }
}
