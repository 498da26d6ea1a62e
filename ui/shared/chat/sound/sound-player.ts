import { Component, DestroyRef, type ElementRef, computed, effect, inject, input, signal, viewChild } from '@angular/core';
import { MessageFilesApi } from '../../api/message-files-api';
import { LanguageChoice } from '../../i18n/texts';
import { Icon } from '../../icons/icon';
import { injectChatText } from '../i18n/inject-text';
import { fileAddress, lengthWords } from '../message/file-facts';
import { NowPlaying } from './now-playing';

/** idle: nothing was asked of the server yet · working: on its way or being decoded · failed: neither the browser nor our decoder can play it */
type State = 'idle' | 'working' | 'playing' | 'failed';

/**
 * Plays a sound: at once or slower to come, at three speeds, from any place. Browsers without Opus in Ogg, which is what phones record,
 * get it decoded in the page.
 */
@Component({
  selector: 'hilo-sound-player',
  imports: [Icon],
  templateUrl: './sound-player.html',
  styleUrl: './sound-player.css',
})
export class SoundPlayer {
  /** Id of the message that carries it. */
  readonly message = input.required<string>();
  readonly mimetype = input('');
  /** As its sender told it. */
  readonly seconds = input<number>();
  readonly voice = input(false);
  protected readonly text = injectChatText();
  protected readonly now = inject(NowPlaying);
  readonly #files = inject(MessageFilesApi);
  readonly #language = inject(LanguageChoice);
  private readonly element = viewChild.required<ElementRef<HTMLAudioElement>>('sound');
  protected readonly state = signal<State>('idle');
  readonly #heard = signal(0);
  readonly #length = signal<number | undefined>(undefined);
  /** Address of what was decoded here. */
  #decoded: string | undefined;
  protected readonly address = computed(() => fileAddress(this.message()));
  protected readonly length = computed(() => this.#length() ?? this.seconds() ?? 0);
  protected readonly heard = computed(() => Math.min(this.#heard(), this.length()));
  protected readonly share = computed(() => (this.length() > 0 ? (100 * this.heard()) / this.length() : 0));
  protected readonly clock = computed(() => lengthWords(this.heard() > 0 ? this.heard() : this.length()));
  protected readonly place = computed(() => this.text('sound.place', { at: lengthWords(this.heard()), of: lengthWords(this.length()) }));
  protected readonly speed = computed(() => new Intl.NumberFormat(this.#language.locale()).format(this.now.speed()));
  protected readonly playLabel = computed(() => {
    if (this.state() === 'playing') return this.text('sound.pause');
    return this.text(this.voice() ? 'sound.play.voice' : 'sound.play', { length: lengthWords(this.length()) });
  });

  constructor() {
    effect(() => {
      this.element().nativeElement.playbackRate = this.now.speed();
    });
    inject(DestroyRef).onDestroy(() => {
      this.element().nativeElement.pause();
      if (this.#decoded) URL.revokeObjectURL(this.#decoded);
    });
  }

  protected async toggle(): Promise<void> {
    const element = this.element().nativeElement;
    if (this.state() === 'playing') return element.pause();
    if (this.state() === 'working') return;
    this.state.set('working');
    if (this.#isOpus() && !this.#decoded && element.canPlayType('audio/ogg; codecs=opus') === '') await this.#decode();
    else await this.#start();
  }

  /** The browser cannot play what it got. */
  protected async broken(): Promise<void> {
    if (this.state() === 'idle') return;
    if (this.#isOpus() && !this.#decoded) await this.#decode();
    else this.state.set('failed');
  }

  protected playing(): void {
    this.now.begun(this.element().nativeElement);
    this.state.set('playing');
  }

  protected resting(): void {
    if (this.state() === 'playing') this.state.set('idle');
  }

  protected ended(): void {
    this.state.set('idle');
    this.#heard.set(0);
  }

  protected told(): void {
    const { duration, playbackRate } = this.element().nativeElement;
    if (Number.isFinite(duration) && duration > 0) this.#length.set(duration);
    if (playbackRate !== this.now.speed()) this.element().nativeElement.playbackRate = this.now.speed();
  }

  protected moved(): void {
    this.#heard.set(this.element().nativeElement.currentTime);
  }

  protected seek(seconds: string): void {
    this.#heard.set(Number(seconds));
    this.element().nativeElement.currentTime = Number(seconds);
  }

  async #start(): Promise<void> {
    const element = this.element().nativeElement;
    if (!element.getAttribute('src')) {
      element.src = this.#decoded ?? this.address();
      // Where the person wants to begin, if they moved the slider first.
      if (this.#heard() > 0) element.currentTime = this.#heard();
    }
    // What cannot be played is told by the element's `error`; a pause that came first is no failure.
    await element.play().catch(() => this.state.update((state) => (state === 'working' && !element.error ? 'idle' : state)));
  }

  async #decode(): Promise<void> {
    this.state.set('working');
    try {
      const [file, { decodeOpus }] = await Promise.all([this.#files.read(this.message()), import('./decode-opus')]);
      this.#decoded = URL.createObjectURL(new Blob([await decodeOpus(new Uint8Array(await file.arrayBuffer()))], { type: 'audio/wav' }));
    } catch {
      this.state.set('failed');
      return;
    }
    this.element().nativeElement.removeAttribute('src');
    await this.#start();
  }

  #isOpus(): boolean {
    return /ogg|opus/i.test(this.mimetype());
  }
}
