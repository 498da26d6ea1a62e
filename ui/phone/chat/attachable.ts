import type { FileKind } from '../simulator/types';

/** The simulator takes requests of 140 MB, in which a file is a third longer than it is. */
export const maxFileBytes = 100 * 1024 * 1024;

export type FileProblem = 'empty' | 'too-large';

/** Why a file cannot be sent; undefined: it can. */
export function problemOf({ size }: Pick<File, 'size'>): FileProblem | undefined {
  if (size === 0) return 'empty';
  return size > maxFileBytes ? 'too-large' : undefined;
}

/** As what a file may be sent; the first is what a phone would choose. */
export type SendAs = FileKind | 'voice';

export function waysToSend({ type }: Pick<File, 'type'>): readonly SendAs[] {
  if (type === 'image/webp') return ['sticker', 'image', 'document'];
  if (type.startsWith('image/')) return ['image', 'sticker', 'document'];
  if (type.startsWith('video/')) return ['video', 'document'];
  if (type.startsWith('audio/')) return ['voice', 'audio', 'document'];
  return ['document'];
}

/** A size as people say it: `850 kB`, `1,4 MB`. */
export function showSize(bytes: number, locale: string): string {
  const [value, unit] = bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1_000)), 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${value.toLocaleString(locale, { maximumFractionDigits: 1 })} ${unit}`;
}
