import { beforeEach, expect, test } from 'vitest';
import type { Entry } from '../api/conversations-api';
import { ApiProblem } from '../api/problem';
import { Cancelled, type Watch } from '../api/watch';
import { Outbox } from './outbox';

interface Asked {
  readonly text: string;
  readonly key: string;
  readonly answer: () => void;
  readonly refuse: (problem: ApiProblem) => void;
  readonly watch: Watch;
}

let asked: Asked[];
let outbox: Outbox;

const away = new ApiProblem(0, 'unreachable', '');
const writing = (text: string, conversation = 'c1') => ({ kind: 'message', conversation, ticket: 't1', text }) as const;
const texts = (): string[] => asked.map(({ text }) => text);
const states = (): string[] => outbox.drafts().map(({ text, state }) => `${text}: ${state}`);
/** Lets everything run that waits for nobody outside. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  asked = [];
  outbox = new Outbox(({ kind, text, key }, watch) => new Promise((resolve, reject) => {
    watch.signal.addEventListener('abort', () => reject(new Cancelled()));
    const entry: Entry = { id: `m-${text}`, kind: 'message', author: 'agent', at: '2026-11-19T12:00:00Z', text };
    asked.push({ text, key, answer: () => resolve(kind === 'note' ? undefined : entry), refuse: reject, watch });
  }));
});

test('two quick Enters leave one after the other, whatever the first one takes', async () => {
  void outbox.send(writing('uno'));
  void outbox.send(writing('dos'));
  await settle();
  expect(texts()).toEqual(['uno']);
  asked[0]!.answer();
  await settle();
  expect(texts()).toEqual(['uno', 'dos']);
});

test('another conversation does not wait', async () => {
  void outbox.send(writing('uno'));
  void outbox.send(writing('otro', 'c2'));
  await settle();
  expect(texts()).toEqual(['uno', 'otro']);
});

test('what fails holds back what follows; sent again, it has the same key, and the rest goes after it', async () => {
  const first = outbox.send(writing('uno'));
  void outbox.send(writing('dos'));
  await settle();
  asked[0]!.refuse(away);
  expect(await first).toBe(false);
  expect(states()).toEqual(['uno: failed', 'dos: waiting']);
  void outbox.retry(outbox.drafts()[0]!.key);
  await settle();
  expect(asked[1]).toMatchObject({ text: 'uno', key: asked[0]!.key });
  asked[1]!.answer();
  await settle();
  expect(texts()).toEqual(['uno', 'uno', 'dos']);
});

test('what is given up lets go what waited behind it', async () => {
  void outbox.send(writing('uno'));
  void outbox.send(writing('dos'));
  await settle();
  asked[0]!.refuse(away);
  await settle();
  void outbox.discard(outbox.drafts()[0]!.key);
  await settle();
  expect(texts()).toEqual(['uno', 'dos']);
  expect(states()).toEqual(['dos: sending']);
});

test('a reply knows the entry that the server made of it; a note, which has none, leaves in its turn', async () => {
  const accepted: unknown[] = [];
  outbox.onAccepted = (draft, entry) => accepted.push([draft.text, entry?.id]);
  const sent = outbox.send(writing('uno'));
  void outbox.send({ ...writing('ojo'), kind: 'note' });
  await settle();
  asked[0]!.answer();
  await settle();
  asked[1]!.answer();
  expect(await sent).toBe(true);
  await settle();
  expect(texts()).toEqual(['uno', 'ojo']);
  expect(accepted).toEqual([['uno', 'm-uno'], ['ojo', undefined]]);
  expect(outbox.busy()).toBe(false);
});

test('nothing leaves before the ticket is taken, nor is it lost when taking fails', async () => {
  let refuse = (): void => undefined;
  outbox.holdFor('c1', new Promise((_, reject) => { refuse = () => reject(new Error('taken')); }));
  void outbox.send(writing('uno'));
  await settle();
  expect(texts()).toEqual([]);
  refuse();
  await settle();
  expect(texts()).toEqual(['uno']);
});

const picture = { attachment: { file: new Blob(['x']), name: 'a.jpg', kind: 'image' } } as const;

test('a file tells how much of it has left, keeps its place among the texts, and is no longer given up once the server has it', async () => {
  void outbox.send({ ...writing('foto'), content: picture });
  void outbox.send(writing('y un texto'));
  await settle();
  expect(outbox.drafts().map(({ progress }) => progress)).toEqual([0, undefined]);
  asked[0]!.watch.progress(0.4);
  expect(outbox.drafts()[0]!.progress).toBe(0.4);
  asked[0]!.watch.progress(1);
  outbox.cancel(outbox.drafts()[0]!.key);
  await settle();
  expect(states()).toEqual(['foto: sending', 'y un texto: waiting']);
  asked[0]!.answer();
  await settle();
  expect(texts()).toEqual(['foto', 'y un texto']);
});

test('an upload that is given up leaves nothing behind, and what waited goes; so does what still waits itself', async () => {
  void outbox.send({ ...writing('foto'), content: picture });
  void outbox.send(writing('dos'));
  void outbox.send(writing('tres'));
  await settle();
  outbox.cancel(outbox.drafts()[1]!.key);
  outbox.cancel(outbox.drafts()[0]!.key);
  await settle();
  expect(states()).toEqual(['tres: sending']);
  expect(texts()).toEqual(['foto', 'tres']);
});
