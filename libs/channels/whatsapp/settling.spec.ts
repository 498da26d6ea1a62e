import { describe, expect, it } from 'vitest';
import { Discarded, Session } from './session.js';
import { Settling } from './settling.js';
import type { SessionStore, Settlement } from './store.js';

/** A store whose statements end when the test says so. */
function stage() {
  const statements: { of: string[]; end: (error?: Error) => void }[] = [];
  const settle = (settlements: readonly Settlement[]) =>
    new Promise<void>((resolve, reject) => {
      statements.push({ of: settlements.map(({ waId, state }) => `${waId} ${state}`), end: (error) => (error ? reject(error) : resolve()) });
    });
  const session = new Session(1);
  return { statements, session, settling: new Settling({ session, store: { settle } as unknown as SessionStore }) };
}
const begun = (statements: unknown[], count: number) => expect.poll(() => statements.length).toBe(count);

describe('settling', () => {
  it('makes one statement of what comes while another is under way, in the order in which it came', async () => {
    const { statements, settling } = stage();
    const first = settling.settle({ waId: 'A', state: 'sent' });
    await begun(statements, 1);
    const later = [settling.settle({ waId: 'A', state: 'delivered' }, { waId: 'B', state: 'read' }), settling.settle({ waId: 'A', state: 'read' })];
    statements[0]!.end();
    await first;
    await begun(statements, 2);
    statements[1]!.end();
    await Promise.all(later);
    expect(statements.map(({ of }) => of)).toEqual([['A sent'], ['A delivered', 'B read', 'A read']]);
  });

  it('tells nobody before the statement has ended', async () => {
    const { statements, settling } = stage();
    let told = false;
    const settled = settling.settle({ waId: 'A', state: 'sent' }).then(() => (told = true));
    await begun(statements, 1);
    expect(told).toBe(false);
    statements[0]!.end();
    await settled;
  });

  it('ends the session when a statement fails, and refuses what waited behind it', async () => {
    const { statements, session, settling } = stage();
    const failed = settling.settle({ waId: 'A', state: 'sent' });
    await begun(statements, 1);
    const waiting = settling.settle({ waId: 'B', state: 'sent' });
    statements[0]!.end(new Error('no database'));
    await expect(failed).rejects.toThrow('no database');
    await expect(waiting).rejects.toThrow(Discarded);
    expect(session.dead?.message).toBe('no database');
    expect(statements).toHaveLength(1);
  });
});
