import type { GroupMetadata, WASocket } from '@whiskeysockets/baileys';
import type { Session } from './session.js';
import type { SessionStore } from './store.js';

/**
 * Raw metadata of the groups that this number is in, kept so that a send need not ask for it, and for lists. Raw, because a copy with
 * resolved addresses makes the client mix address kinds in one group, which the network refuses (ack 421).
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

  /** Keeps what the network tells whole, and asks for a group of which it tells a change. */
  follow(sock: WASocket, onError: (error: unknown) => void): void {
    const write = (jid: string, metadata: unknown) =>
      void this.session.alongside(() => this.store.writeGroup(jid, metadata)).catch(onError);
    const ask = (jid: string) => void this.ask(sock, jid).catch(onError);
    sock.ev.on('groups.upsert', (groups) => groups.forEach((group) => write(group.id, group)));
    sock.ev.on('groups.update', (changes) => {
      for (const change of changes) {
        if (change.id && 'participants' in change) write(change.id, change);
        else if (change.id) ask(change.id);
      }
    });
    sock.ev.on('group-participants.update', ({ id }) => ask(id));
  }

  /** Reads all groups of this number, by which their names and members are fresh; the client tells them as updates. Never throws. */
  async refresh(sock: WASocket, onError: (error: unknown) => void): Promise<void> {
    try {
      const groups = await sock.groupFetchAllParticipating();
      await this.session.alongside(() => this.store.keepGroups(Object.keys(groups)));
    } catch (error) {
      if (!this.session.dead) onError(error);
    }
  }

  /** Forgets it first: between the change and the answer nobody sends by the old list. One that this number has left stays forgotten. */
  private async ask(sock: WASocket, jid: string): Promise<void> {
    await this.session.alongside(() => this.store.writeGroup(jid, undefined));
    const metadata = await sock.groupMetadata(jid).catch(() => undefined);
    if (metadata && !this.session.dead) await this.session.alongside(() => this.store.writeGroup(jid, metadata));
  }
}
