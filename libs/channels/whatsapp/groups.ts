import type { GroupMetadata, WASocket } from '@whiskeysockets/baileys';
import type { Session } from './session.js';
import type { SessionStore } from './store.js';

/**
 * Raw metadata of groups, kept so that a send need not ask for it. Raw, because a copy with resolved addresses makes the client mix
 * address kinds in one group, which the network refuses (ack 421).
 */
export class Groups {
  constructor(
    private readonly session: Session,
    private readonly store: SessionStore,
  ) {}

  /** For the client's `cachedGroupMetadata`. */
  async cached(jid: string): Promise<GroupMetadata | undefined> {
    return (await this.session.alongside(() => this.store.readGroup(jid))) as GroupMetadata | undefined;
  }

  /** Keeps what the network tells whole, and forgets a group of which it tells a change. */
  follow(sock: WASocket, onError: (error: unknown) => void): void {
    const write = (jid: string, metadata: unknown) =>
      void this.session.alongside(() => this.store.writeGroup(jid, metadata)).catch(onError);
    sock.ev.on('groups.upsert', (groups) => groups.forEach((group) => write(group.id, group)));
    sock.ev.on('groups.update', (changes) => {
      for (const change of changes) if (change.id) write(change.id, 'participants' in change ? change : undefined);
    });
    sock.ev.on('group-participants.update', ({ id }) => write(id, undefined));
  }
}
