import { Component, computed, inject } from '@angular/core';
import { withoutFormat } from '../../shared/chat/whatsapp-format';
import { LanguageChoice } from '../../shared/i18n/texts';
import { Icon } from '../../shared/icons/icon';
import type { IconName } from '../../shared/icons/icon-names';
import { showNumber } from '../customers/phone-number';
import { injectText } from '../i18n/inject-text';
import { latest, proofOf } from '../simulator/ledger';
import type { LedgerEntry } from '../simulator/types';
import { World } from '../simulator/world';

/** More rows tell nobody more, and cost a laptop. */
const shownRows = 60;

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
  readonly #names = computed(() => new Map(this.world.people().map(({ number, name }) => [number, name])));
  protected readonly rows = computed(() => latest(this.world.ledger(), shownRows));

  protected icon({ direction }: LedgerEntry): IconName {
    return direction === 'in' ? 'arrow' : direction === 'out' ? 'arrowleft' : 'phone';
  }

  protected way({ direction, chat }: LedgerEntry): string {
    return this.text(`ledger.${direction}`, { name: this.#names().get(chat) ?? showNumber(chat) });
  }

  protected time(at: string): string {
    return new Date(at).toLocaleTimeString(this.#language.locale(), { hourCycle: 'h23' });
  }

  protected tickKey(state: LedgerEntry['state']): `tick.${LedgerEntry['state']}` {
    return `tick.${state}`;
  }
}
