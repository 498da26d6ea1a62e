import { SimulatorError } from '../simulator/simulator-api';
import type { ContactCard, FileKind, Location, Said } from '../simulator/types';

/** A file that waits to be sent, as the phone shows it meanwhile. */
export interface FileToSend {
  readonly kind: FileKind;
  readonly file: File;
  /** `blob:` address of the file. */
  readonly url: string;
  readonly caption?: string;
  readonly voice?: boolean;
  readonly viewOnce?: boolean;
  readonly seconds?: number;
}

/** What one writes: exactly one of these. */
export type Content =
  | { readonly text: string }
  | { readonly file: FileToSend }
  | { readonly location: Location }
  | { readonly contact: ContactCard };

/** How the phone shows what has not left yet. */
export function shownContent(content: Content): Said {
  if ('text' in content) return { kind: 'text', text: content.text };
  if ('location' in content) return { kind: 'location', location: content.location };
  if ('contact' in content) return { kind: 'contact', contacts: [content.contact] };
  const { kind, file, url, caption, voice, viewOnce, seconds } = content.file;
  return { kind, text: caption, media: { url, mimetype: typeOf(file), size: file.size, fileName: file.name, voice, viewOnce, seconds } };
}

/** The part of a request to the simulator that carries it. */
export async function contentBody(content: Content): Promise<object> {
  if (!('file' in content)) return content;
  const { kind, file, caption, voice, viewOnce, seconds } = content.file;
  const facts = { mimetype: typeOf(file), fileName: kind === 'document' ? file.name.slice(-255) : undefined, caption: caption || undefined };
  return { [kind]: { base64: await base64Of(file), ...facts, voice, viewOnce, seconds } };
}

/** Browsers leave the type empty that they do not know. */
function typeOf({ type }: File): string {
  return /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'application/octet-stream';
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',', 2)[1] ?? '');
    reader.onerror = () => reject(new SimulatorError(422, reader.error?.message ?? file.name));
    reader.readAsDataURL(file);
  });
}
