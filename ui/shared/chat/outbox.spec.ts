import { beforeEach, expect, test } from 'vitest';
import type { Entry } from '../api/conversations-api';
import { ApiProblem } from '../api/problem';
import { Outbox } from './outbox';

interface Asked {
  readonly text: string;
  readonly key: string;
  readonly answer: () => void;
  readonly refuse: (problem: ApiProblem) => void;
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
  outbox = new Outbox(({ kind, text, key }) => new Promise((resolve, reject) => {
    const entry: Entry = { id: `m-${text}`, kind: 'message', author: 'agent', at: '2026-11-19T12:00:00Z', text };
    asked.push({ text, key, answer: () => resolve(kind === 'note' ? undefined : entry), refuse: reject });
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
