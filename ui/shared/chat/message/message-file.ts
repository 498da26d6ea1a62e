import { Component, computed, input, output } from '@angular/core';
import type { Entry } from '../../api/conversations-api';
import { Icon } from '../../icons/icon';
import { es } from '../i18n/es';
import { injectChatText } from '../i18n/inject-text';
import { SoundPlayer } from '../sound/sound-player';
import { fileAddress, lengthWords, thumbnailSize, whyNoFile } from './file-facts';
import { injectSizeWords } from './file-size';

/** The file of a message: a picture, a film, a sound or a card; or why it is not there. Its room is kept before it comes. */
@Component({
  selector: 'hilo-message-file',
  imports: [Icon, SoundPlayer],
  template: `
    @if (missing(); as missing) {
      <p class="filecard" [class.filecard--gone]="missing.over" role="status"><hilo-icon [name]="missing.over ? 'slash' : 'clock'" />
        <span><b>{{ label() }}</b><br><span class="caption">{{ missing.words }}</span></span></p>
    } @else {
      @switch (entry().contentKind) {
        @case ('image') {
          <button type="button" class="media" [style.width.px]="size().width" [style.aspect-ratio]="size().width + '/' + size().height" [attr.aria-label]="text('view.image')" (click)="view.emit()">
            <img [src]="address()" [width]="size().width" [height]="size().height" alt="" loading="lazy" decoding="async">
          </button>
        }
        @case ('sticker') {<img class="sticker" [src]="address()" width="144" height="144" [alt]="text('kind.sticker')" loading="lazy" decoding="async">}
        @case ('video') {
          <button type="button" class="media media--film" [style.width.px]="size().width" [style.aspect-ratio]="size().width + '/' + size().height" [attr.aria-label]="text('view.video')" (click)="view.emit()">
            <span class="media__play"><hilo-icon name="play" /></span>
            <span class="media__facts">{{ facts() }}</span>
          </button>
        }
        @case ('audio') {<hilo-sound-player [message]="entry().id" [mimetype]="mimetype()" [seconds]="entry().details?.media?.seconds" [voice]="entry().details?.media?.voice ?? false" />}
        @default {
          <a class="filecard" [href]="address()" [attr.download]="name()" [attr.aria-label]="text('download.named', { name: name() })"><hilo-icon name="file" />
            <span class="grow"><b>{{ name() }}</b><br><span class="caption">{{ facts() }}</span></span><hilo-icon name="download" /></a>
        }
      }
    }
  `,
})
export class MessageFile {
  readonly entry = input.required<Entry>();
  /** The person wants to see it large. */
  readonly view = output();
  protected readonly text = injectChatText();
  readonly #sizeWords = injectSizeWords();
  protected readonly address = computed(() => fileAddress(this.entry().id));
  protected readonly size = computed(() => thumbnailSize(this.entry().details?.media));
  protected readonly mimetype = computed(() => this.entry().file?.mimetype ?? this.entry().details?.media?.mimetype ?? '');
  protected readonly label = computed(() => {
    const kind = this.entry().details?.media?.voice ? 'voice' : (this.entry().contentKind ?? '');
    const key = `kind.${kind}`;
    return this.text(key in es ? (key as keyof typeof es) : 'kind.document');
  });
  protected readonly name = computed(() => this.entry().file?.fileName ?? this.entry().details?.media?.fileName ?? this.text('file.unnamed'));
  /** 182 kB · 0:23 */
  protected readonly facts = computed(() => {
    const { file, details } = this.entry();
    const [bytes, seconds] = [file?.size ?? details?.media?.size, details?.media?.seconds];
    return [bytes === undefined ? undefined : this.#sizeWords(bytes), seconds === undefined ? undefined : lengthWords(seconds)].filter(Boolean).join(' · ');
  });
  protected readonly missing = computed(() => {
    const { file } = this.entry();
    const why = this.text(whyNoFile(file?.reason));
    switch (file?.state) {
      case 'stored':
        return undefined;
      case 'wanted':
        return { over: false, words: file.reason ? this.text('file.wanted.again', { why }) : this.text('file.wanted') };
      case 'expired':
        return { over: true, words: this.text('file.expired', { why }) };
      case 'failed':
        return { over: true, words: this.text('file.failed', { why }) };
      default:
        return { over: true, words: this.text('file.unknown') };
    }
  });
}
