import type { TextKey } from '../i18n/es';

/** Where the file of a message is read. */
export const fileAddress = (message: string): string => `/api/messages/${message}/file`;

const words = {
  'not-on-phone': 'file.why.not-on-phone', 'no-answer': 'file.why.no-answer', 'too-large': 'file.why.too-large', 'no-file': 'file.why.no-file',
  'corrupt': 'file.why.corrupt', 'empty': 'file.why.empty', 'wrong-type': 'file.why.wrong-type', 'forbidden-type': 'file.why.forbidden-type',
  'store-unavailable': 'file.why.store-unavailable', 'unreachable': 'file.why.unreachable',
} as const satisfies Record<string, TextKey>;

/** Why a file is not there, in words. A reason that this version does not know is told as unknown. */
export function whyNoFile(reason: string | undefined): TextKey {
  return reason !== undefined && reason in words ? words[reason as keyof typeof words] : 'file.why.unknown';
}

/** Bytes as people read them: `kB` and `MB` of a thousand, as operating systems tell them. */
export function sizeParts(bytes: number): { value: number; unit: 'byte' | 'kilobyte' | 'megabyte' } {
  if (bytes < 1_000) return { value: bytes, unit: 'byte' };
  if (bytes < 1_000_000) return { value: Math.round(bytes / 1_000), unit: 'kilobyte' };
  return { value: Math.round(bytes / 100_000) / 10, unit: 'megabyte' };
}

/** 0:23, 12:05, 1:02:03 */
export function lengthWords(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** CSS pixels that a picture takes in a chat, so that nothing moves when it comes; what does not say its size gets a usual one. */
export function thumbnailSize(media: { readonly width?: number; readonly height?: number } = {}): { width: number; height: number } {
  const { width = 0, height = 0 } = media;
  if (width <= 0 || height <= 0) return { width: 240, height: 180 };
  const scale = Math.min(280 / width, 320 / height, 1);
  return { width: Math.max(96, Math.round(width * scale)), height: Math.max(72, Math.round(height * scale)) };
}
