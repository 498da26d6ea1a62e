import type { FileKind } from '../../api/conversations-api';
import type { TextKey } from '../i18n/es';

/** Facts of a file that a person chose, dropped or pasted. */
export interface ChosenFile {
  readonly name: string;
  /** As the browser tells it; empty: it does not know. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
}

const mib = 1024 * 1024;
/** What the server takes (libs/media/check-file.ts). It has the last word, by content; here a person learns it before waiting for an upload. */
const maxMib: Readonly<Record<FileKind, number>> = { image: 16, video: 64, audio: 16, document: 64, sticker: 2 };
/** What phones show in the chat; everything else goes as a document, and arrives as it is. */
const shown: ReadonlyMap<string, FileKind> = new Map([
  ...['image/jpeg', 'image/png', 'image/webp'].map((type) => [type, 'image'] as const),
  ...['video/mp4', 'video/3gpp'].map((type) => [type, 'video'] as const),
  ...['audio/mpeg', 'audio/mp4', 'audio/aac', 'audio/ogg', 'audio/amr', 'audio/x-m4a'].map((type) => [type, 'audio'] as const),
]);
const programs = /\.(exe|com|scr|pif|msi|msp|bat|cmd|ps1|psm1|vbs|vbe|js|jse|mjs|wsf|wsh|hta|cpl|jar|apk|apks|xapk|app|deb|rpm|dmg|pkg|sh|lnk|reg|inf|iso)[\s.]*$/i;

/** How a file is sent: what is too large to be shown goes as a document. */
export function kindOf({ type, size }: ChosenFile): FileKind {
  const kind = shown.get(type.split(';')[0]!.trim().toLowerCase()) ?? 'document';
  return size > maxMib[kind] * mib ? 'document' : kind;
}

/** Why a file cannot be sent: the key of its words, and the limit in MB where there is one. Undefined: it can. */
export function faultOf(file: ChosenFile): { words: TextKey; most: number } | undefined {
  const kind = kindOf(file);
  if (file.size === 0) return { words: 'attach.fault.empty', most: 0 };
  if (kind === 'document' && programs.test(file.name)) return { words: 'attach.fault.program', most: 0 };
  if (file.size > maxMib[kind] * mib) return { words: 'attach.fault.large', most: maxMib[kind] };
  return undefined;
}
