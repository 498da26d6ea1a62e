import { signal } from '@angular/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { ApiProblem } from '../api/problem';
import { LiveDraft } from './live-draft';

interface Read {
  version: number;
  name: string;
}

let server: ReturnType<typeof signal<Read | undefined>>;
let draft: LiveDraft<Read, { name: string }, 'name'>;
beforeEach(() => {
  server = signal<Read | undefined>({ version: 1, name: 'Litoral' });
  const live = { value: server, change: (how: (read: Read) => Read) => server.update((read) => read && how(read)) };
  draft = new LiveDraft(live, (read) => ({ name: read?.name ?? '' }), (now, saved) => (now.name === saved.name ? [] : ['name']), ({ code }) => code);
});

describe('a draft of what the server keeps', () => {
  it('follows the server until it is edited, and again once that is discarded', () => {
    server.set({ version: 2, name: 'Fibra' });
    expect(draft.value()).toEqual({ name: 'Fibra' });
    draft.value.set({ name: 'Mía' });
    expect(draft.changed()).toEqual(['name']);
    server.set({ version: 3, name: 'Otra' });
    expect([draft.value(), draft.saved(), draft.isChanged()]).toEqual([{ name: 'Mía' }, { name: 'Otra' }, true]);
    draft.discard();
    server.set({ version: 4, name: 'Última' });
    expect([draft.value(), draft.isChanged()]).toEqual([{ name: 'Última' }, false]);
  });

  it('takes what the server answers', async () => {
    draft.value.set({ name: ' Mía ' });
    expect(await draft.save(({ name }) => Promise.resolve({ version: 2, name: name.trim() }))).toBe(true);
    expect([draft.value(), draft.isChanged(), server()]).toEqual([{ name: 'Mía' }, false, { version: 2, name: 'Mía' }]);
  });

  it('keeps what was edited when it is refused, and says why until something is changed', async () => {
    draft.value.set({ name: 'Mía' });
    expect(await draft.save(() => Promise.reject(new ApiProblem(409, 'conflict', '')))).toBe(false);
    expect([draft.value(), draft.isChanged(), draft.problem(), draft.saving()]).toEqual([{ name: 'Mía' }, true, 'conflict', false]);
    draft.value.set({ name: 'Mía y de nadie más' });
    expect(draft.problem()).toBeUndefined();
  });

  it('is sent once at a time, and what is no refusal is no words for people', async () => {
    let answer: (read: Read) => void = () => undefined;
    const first = draft.save(() => new Promise((resolve) => (answer = resolve)));
    expect([draft.saving(), await draft.save(() => Promise.reject(new Error('sent twice')))]).toEqual([true, false]);
    answer({ version: 2, name: 'Litoral' });
    expect(await first).toBe(true);
    await expect(draft.save(() => Promise.reject(new Error('a fault of ours')))).rejects.toThrow('a fault of ours');
    expect([draft.saving(), draft.problem()]).toEqual([false, undefined]);
  });
});
