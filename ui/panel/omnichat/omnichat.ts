import { Dialog } from '@angular/cdk/dialog';
import { Component, ElementRef, afterRenderEffect, computed, effect, inject, input, linkedSignal, signal, untracked, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { AgentOutbox } from '../../shared/chat/agent-outbox';
import { injectSharedText } from '../../shared/feedback/inject-text';
import { Toasts } from '../../shared/feedback/toasts';
import { Icon } from '../../shared/icons/icon';
import type { IconName } from '../../shared/icons/icon-names';
import { Push } from '../../shared/push/push';
import { CurrentSession } from '../../shared/session/current-session';
import { injectPageTitle } from '../shell/page-title';
import { ModeChip } from '../shell/mode-chip';
import { Notifications } from '../shell/notifications';
import { SearchButton } from '../shell/search-button';
import { ThemeButton } from '../shell/theme-button';
import { UserMenu } from '../shell/user-menu';
import { Alerts } from './alerts/alerts';
import { OptionsMenu } from './alerts/options-menu';
import { Preferences } from './alerts/preferences';
import { ChatPane } from './chat/chat-pane';
import { Chats } from './chat/chats';
import { Written } from './chat/written';
import { CustomerPane } from './customer/customer-pane';
import { injectOmniText } from './i18n/inject-text';
import { type KeyCommand, commandOf } from './keys/keys';
import { PaneWidth } from './pane-width';
import { Queue } from './queue/queue';
import { QueuePane } from './queue/queue-pane';
import { changedElsewhere } from './tickets/changed-elsewhere';
import { OpenTicket } from './tickets/open-ticket';
import { TicketCommands } from './tickets/ticket-commands';
import { TicketFeed } from './tickets/ticket-feed';

type Pane = 'queue' | 'chat' | 'client';
interface Widths {
  readonly queue: number;
  readonly client: number;
}

const widthsKey = 'hilo.omnichat.widths';

/** OmniChat: the queue, the open ticket's conversation, and who the customer is. On a phone one of them at a time. */
@Component({
  selector: 'panel-omnichat',
  imports: [ChatPane, CustomerPane, Icon, ModeChip, Notifications, OptionsMenu, PaneWidth, QueuePane, RouterLink, SearchButton, ThemeButton, UserMenu],
  providers: [TicketFeed, Queue, OpenTicket, TicketCommands, Chats, Written, Alerts],
  templateUrl: './omnichat.html',
  styleUrl: './omnichat.css',
  host: { '(document:keydown)': 'pressed($event)', '(window:beforeunload)': 'leaving($event)' },
})
export class OmniChatPage {
  /** Of the address: the open ticket, and which pane a narrow screen shows. */
  readonly ticket = input<string>();
  readonly pane = input<string>();
  /** Of the address, too: what to look for in the queue, where the search led here. */
  readonly q = input<string>();
  readonly #open = inject(OpenTicket);
  readonly #queue = inject(Queue);
  readonly #alerts = inject(Alerts);
  readonly #outbox = inject(AgentOutbox);
  readonly #preferences = inject(Preferences);
  readonly #push = inject(Push);
  readonly #session = inject(CurrentSession);
  readonly #dialog = inject(Dialog);
  protected readonly text = injectOmniText();
  protected readonly shared = injectSharedText();
  private readonly queuePane = viewChild.required(QueuePane);
  private readonly chatPane = viewChild.required(ChatPane);
  protected readonly widths = signal<Widths>(readWidths());
  protected readonly pending = computed(() => this.#queue.counts()?.pending ?? 0);
  protected readonly shownPane = computed<Pane>(() => (!this.ticket() ? 'queue' : this.pane() === 'client' ? 'client' : 'chat'));
  /** The ticket that was open last: on a phone, the way back to it. */
  protected readonly lastTicket = linkedSignal<string | undefined, string | undefined>({ source: this.ticket, computation: (now, before) => now ?? before?.value });
  protected readonly hasPanel = computed(() => this.#session.can('dashboard.read'));
  protected readonly chatLabel = computed(() => {
    const name = this.#open.item()?.contact.name;
    return name ? this.text('conversation', { name }) : this.text('nav.chat');
  });
  protected readonly link = computed((): { tone: string; icon: IconName; words: string } => {
    switch (this.#push.link()) {
      case 'cut':
        return { tone: 'bad', icon: 'wifioff', words: this.text('cut') };
      case 'connecting':
        return { tone: 'warn', icon: 'wifi', words: this.text('connecting') };
      default:
        return { tone: 'ok', icon: 'wifi', words: this.text('live') };
    }
  });

  constructor() {
    effect(() => this.#open.id.set(this.ticket()));
    effect(() => {
      const q = this.q();
      if (q !== undefined) untracked(() => this.#queue.shelf.update((shelf) => ({ ...shelf, q })));
    });
    injectPageTitle(() => {
      const count = this.pending() + this.#alerts.unseen();
      return count ? this.text('title.waiting', { count }) : this.text('title');
    });
    this.#tellWhatOthersDid();
    this.#followPane();
  }

  protected setWidth(pane: Pane, px: number): void {
    this.widths.update((widths) => ({ ...widths, [pane]: px }));
    localStorage.setItem(widthsKey, JSON.stringify(this.widths()));
  }

  protected async showKeys(): Promise<void> {
    const { KeysDialog } = await import('./keys/keys-dialog');
    this.#dialog.open(KeysDialog, { ariaLabelledBy: 'keys-title' });
  }

  protected pressed(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    const isWriting = target.matches('input, textarea, select, [contenteditable]');
    if (event.key === 'Escape' && isWriting && target.closest('panel-chat-pane')) target.blur();
    const isCovered = this.#dialog.openDialogs.length > 0 || target.closest('.cdk-overlay-container') !== null;
    const { key, ctrlKey, metaKey, altKey } = event;
    const command = commandOf({ key, ctrlKey, metaKey, altKey, isWriting, isCovered });
    if (!command || (!this.#preferences.keys() && command !== 'help') || event.defaultPrevented) return;
    event.preventDefault();
    this.#run(command);
  }

  /** What was written and did not leave would be lost with the page: the browser asks. */
  protected leaving(event: BeforeUnloadEvent): void {
    if (this.#outbox.busy()) event.preventDefault();
  }

  #run(command: KeyCommand): void {
    switch (command) {
      case 'next':
        return this.queuePane().step(1);
      case 'previous':
        return this.queuePane().step(-1);
      case 'take':
        return void this.chatPane().take();
      case 'reply':
        return this.chatPane().startReply();
      case 'note':
        return this.chatPane().startNote();
      case 'help':
        return void this.showKeys();
    }
  }

  /** On a phone, the pane that has just come gets the focus: what had it is no longer there. */
  #followPane(): void {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    let before = untracked(this.shownPane);
    afterRenderEffect(() => {
      const pane = this.shownPane();
      if (pane !== before && matchMedia('(max-width: 720px)').matches) host.querySelector<HTMLElement>(`[data-of="${pane}"]`)?.focus({ preventScroll: true });
      before = pane;
    });
  }

  #tellWhatOthersDid(): void {
    const [commands, toasts] = [inject(TicketCommands), inject(Toasts)];
    this.#open.onChangedElsewhere = (news) => {
      const told = commands.isUnderWay(news.id) ? undefined : changedElsewhere(news);
      if (told) toasts.show({ icon: told.icon, words: this.text(told.key, told.values) });
    };
  }
}

function readWidths(): Widths {
  const stored: unknown = JSON.parse(localStorage.getItem(widthsKey) ?? 'null');
  const { queue = 336, client = 320 } = (typeof stored === 'object' && stored !== null ? stored : {}) as Partial<Widths>;
  return { queue, client };
}
