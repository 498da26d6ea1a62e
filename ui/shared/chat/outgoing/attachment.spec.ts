import { expect, test } from 'vitest';
import { faultOf, kindOf } from './attachment';

const mib = 1024 * 1024;
const file = (name: string, type: string, size = 1_000) => ({ name, type, size });

test.each<[string, ReturnType<typeof file>, string]>([
  ['a photo', file('a.jpg', 'image/jpeg'), 'image'],
  ['a photo larger than photos may be', file('a.jpg', 'image/jpeg', 17 * mib), 'document'],
  ['a drawing', file('a.svg', 'image/svg+xml'), 'document'],
  ['a moving picture', file('a.gif', 'image/gif'), 'document'],
  ['a film', file('a.mp4', 'video/mp4', 60 * mib), 'video'],
  ['a film that phones may not show', file('a.avi', 'video/x-msvideo'), 'document'],
  ['a sound with its codec', file('a.ogg', 'Audio/Ogg; codecs=opus'), 'audio'],
  ['a bill', file('a.pdf', 'application/pdf'), 'document'],
  ['something without a type', file('a', ''), 'document'],
])('%s is sent as %s', (_, chosen, kind) => {
  expect(kindOf(chosen)).toBe(kind);
  expect(faultOf(chosen)).toBeUndefined();
});

test.each<[string, ReturnType<typeof file>, object]>([
  ['nothing in it', file('a.pdf', 'application/pdf', 0), { words: 'attach.fault.empty' }],
  ['a program', file('setup.EXE', 'application/x-msdownload'), { words: 'attach.fault.program' }],
  ['a program with blanks behind its name', file('setup.exe. ', ''), { words: 'attach.fault.program' }],
  ['too large for any kind', file('a.zip', 'application/zip', 65 * mib), { words: 'attach.fault.large', most: 64 }],
  ['a film that is too large', file('a.mp4', 'video/mp4', 65 * mib), { words: 'attach.fault.large', most: 64 }],
])('%s is refused before it is put up', (_, chosen, fault) => {
  expect(faultOf(chosen)).toMatchObject(fault);
});
