import { Dialog } from '@angular/cdk/dialog';
import { Component, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { type Channel, ChannelsApi } from '../../shared/api/channels-api';
import { Attempts } from '../../shared/feedback/attempts';
import { Confirm } from '../../shared/feedback/confirm';
import { Failed, Skeleton } from '../../shared/feedback/states';
import { Toasts } from '../../shared/feedback/toasts';
import { Icon } from '../../shared/icons/icon';
import { showNumber } from '../link/phone-digits';
import { botStateLook, botStateOf } from '../shell/bot-state';
import { Channels } from '../shell/channels';
import { injectShellText } from '../shell/i18n/inject-text';
import { injectToolsText } from './i18n/inject-text';
import { UnlinkDialog } from './unlink-dialog';

/** Restarting and unlinking each number of the company. */
@Component({
  selector: 'tools-number-actions',
  imports: [Failed, Icon, Skeleton],
  templateUrl: './number-actions.html',
  styleUrl: './number-actions.css',
})
export class NumberActions {
  readonly #api = inject(ChannelsApi);
  readonly #attempts = inject(Attempts);
  readonly #confirm = inject(Confirm);
  readonly #dialog = inject(Dialog);
  readonly #toasts = inject(Toasts);
  protected readonly channels = inject(Channels);
  protected readonly text = injectToolsText();
  protected readonly shell = injectShellText();

  protected readonly nameOf = (channel: Channel): string => (channel.number ? showNumber(channel.number) : channel.name);
  protected readonly lookOf = (channel: Channel) => {
    const state = botStateOf(channel.state);
    return { ...botStateLook[state], words: this.shell(`bot.${state}`) };
  };

  protected async restart(channel: Channel): Promise<void> {
    const wanted = await this.#confirm.ask({
      title: this.text('restart.title', { number: this.nameOf(channel) }),
      consequences: [
        { icon: 'refresh', words: this.text('restart.seconds') },
        { icon: 'link', words: this.text('restart.keeps') },
      ],
      action: this.text('restart'),
    });
    if (wanted && (await this.#attempts.run(this.#api.restart(channel.id)))) this.#toasts.show({ icon: 'refresh', words: this.text('restart.done') });
  }

  protected async unlink(channel: Channel): Promise<void> {
    const opened = this.#dialog.open<boolean>(UnlinkDialog, {
      data: { name: this.nameOf(channel) }, role: 'alertdialog', ariaLabelledBy: 'unlink-title', ariaDescribedBy: 'unlink-text',
    });
    if (!(await firstValueFrom(opened.closed, { defaultValue: undefined }))) return;
    if (await this.#attempts.run(this.#api.unlink(channel.id))) this.#toasts.show({ icon: 'link', words: this.text('unlink.done') });
  }
}
