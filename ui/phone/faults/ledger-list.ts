import { Component, computed, inject } from '@angular/core';
import { withoutFormat } from '../../shared/chat/whatsapp-format';
import { LanguageChoice } from '../../shared/i18n/texts';
import { Icon } from '../../shared/icons/icon';
import type { IconName } from '../../shared/icons/icon-names';
import { injectKindName } from '../chat/message-kind';
import { showNumber } from '../customers/phone-number';
import { injectText } from '../i18n/inject-text';
import { latest, proofOf } from '../simulator/ledger';
import type { LedgerEntry } from '../simulator/types';
import { World } from '../simulator/world';

/** More rows tell nobody more, and cost a laptop. */
const shownRows = 60;
/** The chat of statuses. */
const statuses = 'status@broadcast';

/** The proof that nothing is lost or shown twice: its figures, and each message with its id, its state and its copies. */
@Component({
  selector: 'phone-ledger-list',
  imports: [Icon],
  templateUrl: './ledger-list.html',
  styleUrl: './ledger-list.css',
})
export class LedgerList {
  readonly #language = inject(LanguageChoice);
  protected readonly world = inject(World);
  protected readonly text = injectText();
  protected readonly plain = withoutFormat;
  protected readonly proof = computed(() => proofOf(this.world.ledger()));
  readonly #kindName = injectKindName();
  protected readonly rows = computed(() => latest(this.world.ledger(), shownRows));

  protected icon({ direction }: LedgerEntry): IconName {
    return direction === 'in' ? 'arrow' : direction === 'out' ? 'arrowleft' : 'phone';
  }

  /** Who told whom. */
  protected way({ direction, chat, author, account }: LedgerEntry): string {
    const name = this.#nameOf(chat);
    if (author && author !== account) return this.text('ledger.author', { author: this.#nameOf(author), name });
    return this.text(`ledger.${direction}`, { name });
  }

  /** A group, a status; undefined between two. */
  protected where({ chat }: LedgerEntry): string | undefined {
    return chat === statuses || chat.endsWith('@g.us') ? this.#nameOf(chat) : undefined;
  }

  /** What it is, unless that is plain text. */
  protected kind(entry: LedgerEntry): string | undefined {
    return entry.kind === 'text' ? undefined : this.#kindName(entry);
  }

  /** Of what was said to many: how many have it, and how many have read it. */
  protected receipts({ receipts }: LedgerEntry): string | undefined {
    const states = Object.values(receipts ?? {});
    if (states.length === 0) return undefined;
    const read = states.filter((state) => state === 'read').length;
    const reached = states.filter((state) => state === 'delivered').length + read;
    return this.text('ledger.receipts', { reached, read, count: states.length });
  }

  #nameOf(chat: string): string {
    if (chat === statuses) return this.text('status.title');
    const group = this.world.groups().find(({ id }) => id === chat);
    return group?.subject ?? this.world.names().get(chat) ?? (chat.endsWith('@g.us') ? chat : showNumber(chat));
  }

  protected time(at: string): string {
    return new Date(at).toLocaleTimeString(this.#language.locale(), { hourCycle: 'h23' });
  }

  protected tickKey(state: LedgerEntry['state']): `tick.${LedgerEntry['state']}` {
    return `tick.${state}`;
  }
}
