import { describe, expect, it } from 'vitest';
import type { MediaKind } from '../domain/message/details.js';
import { checkFile, maxBytes } from './check-file.js';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
const JPEG = bytes([0xff, 0xd8, 0xff, 0xe0], 'JFIF');
const PNG = bytes([0x89], 'PNG\r\n', [0x1a, 0x0a], 'rest');
const WEBP = bytes('RIFF', [1, 2, 3, 4], 'WEBPVP8 ');
const OGG = bytes('OggS', [0, 2], 'OpusHead');
const MP4 = bytes([0, 0, 0, 24], 'ftypisom');
const EXE = bytes('MZ', [0x90, 0, 3]);
const ZIP = bytes('PK', [3, 4], 'word/');
const OLE = bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0]);

describe('a file that may be stored', () => {
  it.each<[string, MediaKind, Uint8Array, string | undefined, string]>([
    ['a photo', 'image', JPEG, undefined, 'image/jpeg'],
    ['a picture under a wrong name', 'image', PNG, 'foto.jpg', 'image/png'],
    ['a sticker', 'sticker', WEBP, undefined, 'image/webp'],
    ['a voice note', 'audio', OGG, undefined, 'audio/ogg'],
    ['sound in a film’s container', 'audio', MP4, undefined, 'audio/mp4'],
    ['a film', 'video', MP4, undefined, 'video/mp4'],
    ['a film of a phone', 'video', bytes([0, 0, 0, 24], 'ftyp3gp4'), undefined, 'video/3gpp'],
    ['a receipt', 'document', bytes('%PDF-1.7'), 'comprobante.pdf', 'application/pdf'],
    ['a letter', 'document', ZIP, 'Carta.DOCX', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['an old sheet', 'document', OLE, 'deuda.xls', 'application/vnd.ms-excel'],
    ['an archive', 'document', ZIP, 'fotos.zip', 'application/zip'],
    ['a list', 'document', bytes('a;b\n1;2\n'), 'lista.csv', 'text/csv'],
    ['a text with accents', 'document', Buffer.from('señal débil'), 'nota.txt', 'text/plain'],
    ['what nobody knows', 'document', bytes([1, 2, 3, 0]), 'datos.bin', 'application/octet-stream'],
    ['a page, which is served as text', 'document', bytes('<script>alert(1)</script>'), 'x.html', 'text/plain'],
  ])('%s', (_name, kind, content, fileName, mimetype) => expect(checkFile(kind, { bytes: content, fileName })).toEqual({ ok: true, mimetype }));

  it('is as large as its kind allows, and no byte larger', () => {
    const sticker = Buffer.concat([WEBP, Buffer.alloc(maxBytes.sticker - WEBP.byteLength)]);
    expect(checkFile('sticker', { bytes: sticker })).toMatchObject({ ok: true });
    expect(checkFile('sticker', { bytes: Buffer.concat([sticker, Buffer.alloc(1)]) })).toEqual({ ok: false, reason: 'too-large' });
  });
});

describe('a file that may not', () => {
  it.each<[string, MediaKind, Uint8Array, string | undefined, string]>([
    ['a program that calls itself a picture', 'image', EXE, 'foto.jpg', 'wrong-type'],
    ['a text that calls itself a picture', 'image', bytes('<svg onload="x()">'), 'foto.svg', 'wrong-type'],
    ['a picture that calls itself a voice note', 'audio', JPEG, undefined, 'wrong-type'],
    ['an animation that is no WebP', 'sticker', ZIP, undefined, 'wrong-type'],
    ['a program', 'document', EXE, 'factura.pdf', 'forbidden-type'],
    ['a program of Linux', 'document', bytes([0x7f], 'ELF'), 'x', 'forbidden-type'],
    ['a script', 'document', bytes('#!/bin/sh\n'), 'leeme', 'forbidden-type'],
    ['an app', 'document', ZIP, 'pagos.apk', 'forbidden-type'],
    ['a script by its name, with a dot behind', 'document', bytes('WScript.Echo'), 'factura.pdf.vbs. ', 'forbidden-type'],
    ['an installer', 'document', OLE, 'setup.msi', 'forbidden-type'],
    ['nothing', 'document', bytes(), 'vacio.pdf', 'empty'],
  ])('%s', (_name, kind, content, fileName, reason) => expect(checkFile(kind, { bytes: content, fileName })).toEqual({ ok: false, reason }));
});
