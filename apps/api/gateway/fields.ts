import { ProblemException } from '../platform/problem.js';

/** What a request of an ISP's system says, by the names that such systems use; all of them in small letters. */
const aliases = {
  to: ['to', 'destinatario', 'numero', 'number', 'phone', 'celular', 'telefono'],
  message: ['message', 'mensaje', 'text', 'texto', 'msg', 'body'],
  file: ['file', 'url', 'adjunto', 'media', 'document'],
  key: ['id', 'idmensaje'],
  token: ['token', 'apikey'],
} as const;
export type FieldName = keyof typeof aliases;

/** A file that came with a request. */
export interface SentFile {
  bytes: Uint8Array;
  name: string;
}

/** A request's fields, whichever way they came. */
export interface Fields {
  values: ReadonlyMap<string, string>;
  attached?: SentFile;
}

/** The first field of that meaning that says something; without blanks around it. */
export function fieldOf({ values }: Fields, name: FieldName): string | undefined {
  for (const alias of aliases[name]) {
    const value = values.get(alias)?.trim();
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
}

/** Bytes as UTF-8, and as Windows' Latin-1 where they are none: old panels send that. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** One piece of a query or form: `%E1` and `+` undone, as bytes, so that their encoding can be told. */
function unescaped(piece: string): string {
  const bytes = Buffer.alloc(Buffer.byteLength(piece));
  let length = 0;
  for (let index = 0; index < piece.length; index++) {
    const hex = piece[index] === '%' ? /^[0-9a-f]{2}/i.exec(piece.slice(index + 1, index + 3))?.[0] : undefined;
    if (hex !== undefined) {
      bytes[length++] = parseInt(hex, 16);
      index += 2;
    } else length += bytes.write(piece[index] === '+' ? ' ' : String.fromCodePoint(piece.codePointAt(index)!), length);
    if (piece.codePointAt(index)! > 0xffff) index += 1;
  }
  return textOf(bytes.subarray(0, length));
}

/** A query or an urlencoded form. Of a field that comes twice the last counts. */
export function fieldsOfForm(form: string): Map<string, string> {
  const pairs = form.split('&').filter((pair) => pair !== '').map((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? ([unescaped(pair).toLowerCase(), ''] as const) : ([unescaped(pair.slice(0, at)).toLowerCase(), unescaped(pair.slice(at + 1))] as const);
  });
  return new Map(pairs);
}

/** @throws ProblemException `bad-request` */
function fieldsOfJson(text: string): Map<string, string> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new ProblemException('bad-request', { detail: 'El cuerpo dice ser JSON y no lo es.' });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new ProblemException('bad-request', { detail: 'El cuerpo tiene que ser un objeto JSON.' });
  const said = Object.entries(parsed).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
  return new Map(said.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** Multipart, read by the platform's own parser. @throws ProblemException `bad-request` */
async function fieldsOfMultipart(type: string, body: Uint8Array): Promise<Fields> {
  const form = await new Response(Buffer.from(body), { headers: { 'content-type': type } }).formData().catch(() => {
    throw new ProblemException('bad-request', { detail: 'El formulario está cortado o mal armado.' });
  });
  const values = new Map<string, string>();
  let attached: SentFile | undefined;
  for (const [name, value] of form) {
    if (typeof value === 'string') values.set(name.toLowerCase(), value);
    else if (value.size > 0 || value.name !== '') attached = { bytes: new Uint8Array(await value.arrayBuffer()), name: value.name };
  }
  return { values, ...(attached ? { attached } : {}) };
}

/**
 * What a request says: its query, and its body over it, be it a form, JSON or multipart. A body without a type is taken for what it looks
 * like, as panels forget to say.
 * @param query raw, without the `?`
 * @throws ProblemException `bad-request`, `unsupported-media-type`
 */
export async function fieldsOf(query: string, type: string, body: Uint8Array): Promise<Fields> {
  const asked = fieldsOfForm(query);
  if (body.byteLength === 0) return { values: asked };
  const kind = type.split(';')[0]!.trim().toLowerCase();
  if (kind === 'multipart/form-data') {
    const { values, attached } = await fieldsOfMultipart(type, body);
    return { values: new Map([...asked, ...values]), ...(attached ? { attached } : {}) };
  }
  const text = textOf(body);
  if (kind === 'application/json' || kind.endsWith('+json') || (['', 'text/plain'].includes(kind) && text.trimStart().startsWith('{'))) return { values: new Map([...asked, ...fieldsOfJson(text)]) };
  if (['application/x-www-form-urlencoded', 'text/plain', ''].includes(kind)) return { values: new Map([...asked, ...fieldsOfForm(text.trim())]) };
  throw new ProblemException('unsupported-media-type', { detail: 'El pedido se acepta como formulario, JSON o multipart.' });
}
