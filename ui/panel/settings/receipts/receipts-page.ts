import { Component, computed, inject, signal } from '@angular/core';
import { type ReceiptMode, type ReceiptPolicy, ReceiptSettingsApi, type ReceiptText } from '../../../shared/api/receipt-settings-api';
import { FormattedText } from '../../../shared/chat/formatted-text';
import { Failed, Skeleton } from '../../../shared/feedback/states';
import { Toasts } from '../../../shared/feedback/toasts';
import { type Unsaved, warnBeforeUnload } from '../../../shared/forms/leave-guard';
import { injectDraft } from '../../../shared/forms/live-draft';
import { SaveBar } from '../../../shared/forms/save-bar';
import { Icon } from '../../../shared/icons/icon';
import { injectLive } from '../../../shared/push/live-value';
import { typedAmount } from '../../customers/amounts';
import { SettingsPage } from '../settings-page';
import { capOf, changedParts, draftOf, ticked } from './draft';
import { injectReceiptSettingsText } from './i18n/inject-text';
import { previewOf, strangers } from './mentions';

const modes: readonly ReceiptMode[] = ['auto_if_verified', 'auto_if_clean', 'manual', 'off'];
const kinds: readonly ReceiptPolicy['kinds'][number][] = ['transfer', 'wallet', 'deposit', 'card', 'cash-voucher', 'other'];
const files: readonly ReceiptPolicy['files'][number][] = ['image', 'pdf'];
const actions: readonly (keyof ReceiptPolicy['actions'])[] = ['register', 'reactivate', 'tell', 'notify'];
const refusals: readonly ReceiptPolicy['onRefusal'][] = ['task', 'reverse', 'reverse-and-suspend'];
const texts: readonly ReceiptText[] = ['accepted', 'reactivated', 'review', 'rejected', 'repeated', 'another', 'reversed', 'refunded'];

/** Comprobantes con IA: what is approved without a person, what follows, and what customers are told. */
@Component({
  selector: 'settings-receipts',
  imports: [Failed, FormattedText, Icon, SaveBar, SettingsPage, Skeleton],
  templateUrl: './receipts-page.html',
  styleUrl: './receipts-page.css',
})
export class ReceiptSettingsPage implements Unsaved {
  readonly #api = inject(ReceiptSettingsApi);
  readonly #toasts = inject(Toasts);
  protected readonly text = injectReceiptSettingsText();
  protected readonly choices = { modes, kinds, files, actions, refusals, texts };
  protected readonly settings = injectLive(() => this.#api.read(), ({ topic }) => topic === 'payment-method');
  protected readonly draft = injectDraft(this.settings, (read) => read && draftOf(read), (now, saved) => (now && saved ? changedParts(now, saved) : []));
  protected readonly changes = computed(() => this.draft.changed().map((part) => this.text(`part.${part}`)));
  protected readonly typedAmount = typedAmount;
  /** As it is being typed; absent: as it is saved. */
  protected readonly typedCap = signal<string | undefined>(undefined);
  protected readonly isCapWrong = computed(() => this.typedCap() !== undefined && capOf(this.typedCap()!) === undefined);
  protected readonly names = computed(() => (this.settings.value()?.variables ?? []).map(({ name }) => `{{${name}}}`).join(', '));

  constructor() {
    warnBeforeUnload(this);
  }

  isChanged(): boolean {
    return this.draft.isChanged() || this.isCapWrong();
  }

  protected set(change: Partial<ReceiptPolicy>): void {
    this.draft.value.update((draft) => draft && { ...draft, policy: { ...draft.policy, ...change } });
  }

  protected tick<K extends 'kinds' | 'files'>(list: K, one: ReceiptPolicy[K][number], isIn: boolean): void {
    const before = this.draft.value()?.policy[list] as readonly ReceiptPolicy[K][number][];
    this.set({ [list]: ticked(before, one, isIn) });
  }

  protected act(action: keyof ReceiptPolicy['actions'], isOn: boolean): void {
    this.set({ actions: { ...this.draft.value()!.policy.actions, [action]: isOn } });
  }

  /** What stands in a field of numbers, within its bounds; what is no number is the least. */
  protected bounded({ value }: HTMLInputElement, least: number, most: number): number {
    return Math.min(most, Math.max(least, Math.round(Number(value)) || least));
  }

  protected percent(part: number): number {
    return Math.round(part * 100);
  }

  protected typeCap(typed: string): void {
    const amount = capOf(typed);
    this.typedCap.set(amount === undefined ? typed : undefined);
    if (amount !== undefined) this.set({ cleanCap: amount });
  }

  /** What stands in the field of a text: the company's words, or ours. */
  protected wordsOf(kind: ReceiptText): string {
    return this.draft.value()?.texts[kind] ?? this.settings.value()!.ours[kind];
  }

  protected write(kind: ReceiptText, words: string): void {
    this.draft.value.update((draft) => {
      if (!draft) return draft;
      const { [kind]: _, ...others } = draft.texts;
      return { ...draft, texts: words === this.settings.value()!.ours[kind] ? others : { ...others, [kind]: words } };
    });
  }

  protected previewOf(kind: ReceiptText): string {
    return previewOf(this.wordsOf(kind)).trim();
  }

  /** What is wrong with a text, in words. */
  protected faultOf(kind: ReceiptText): string | undefined {
    const { variables, longest } = this.settings.value()!;
    const words = this.wordsOf(kind);
    const [name] = strangers(words, variables);
    if (name !== undefined) return this.text('text.unknown', { name: `{{${name}}}` });
    return words.length > longest ? this.text('text.long', { longest }) : undefined;
  }

  protected discard(): void {
    this.typedCap.set(undefined);
    this.draft.discard();
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    const draft = this.draft.value();
    if (!draft) return;
    const wrong = draft.policy.files.length === 0 ? this.text('files.none') : this.isCapWrong() ? this.text('cap.invalid') : texts.map((kind) => this.faultOf(kind)).find((fault) => fault !== undefined);
    if (wrong !== undefined) return this.draft.problem.set(wrong);
    if (await this.draft.save(() => this.#api.save(draft))) this.#toasts.show({ icon: 'check', words: this.text('saved') });
  }
}
