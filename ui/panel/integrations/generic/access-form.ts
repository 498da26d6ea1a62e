import { Component, input, model, output } from '@angular/core';
import type { Description } from '../../../shared/api/descriptions-api';
import { injectDescriptionText } from './i18n/inject-text';

type Auth = Description['auth'];
const modes = ['header', 'query', 'body', 'bearer', 'basic', 'none'] as const satisfies readonly Auth['mode'][];

/** What the system is called, where its key goes, and with which address and key it is tried. */
@Component({
  selector: 'description-access',
  template: `
    <div class="form">
      <div class="pair">
        <label class="box"><span>{{ text('name') }}</span><input #name class="input" autocomplete="off" maxlength="60" [value]="description().name" (input)="changed.emit({ name: name.value })"></label>
        <label class="box"><span>{{ text('auth') }}</span>
          <select #mode class="input" (change)="putMode($any(mode.value))">@for (one of modes; track one) {<option [value]="one" [selected]="one === auth().mode">{{ modeWords(one) }}</option>}</select>
        </label>
        @if (place(); as named) {<label class="box"><span>{{ text('auth.name') }}</span><input #at class="input mono" spellcheck="false" [value]="named.name" (input)="put({ name: at.value })"></label>}
        @if (prefix() !== undefined) {<label class="box"><span>{{ text('auth.prefix') }}</span><input #before class="input mono" spellcheck="false" [value]="prefix()" (input)="put({ prefix: before.value })"></label>}
        @if (user() !== undefined) {<label class="box"><span>{{ text('auth.user') }}</span><input #who class="input" autocomplete="off" [value]="user()" (input)="put({ user: who.value })"></label>}
      </div>
      <div class="pair">
        <label class="box"><span>{{ text('url') }}</span><input #address class="input" type="url" autocomplete="off" spellcheck="false" [placeholder]="text('url.help')" [value]="url()" (input)="url.set(address.value)"></label>
        @if (auth().mode !== 'none') {
          <label class="box"><span>{{ text('secret') }}</span><input #key class="input" type="password" autocomplete="off" spellcheck="false" aria-describedby="description-secret" [value]="secret()" (input)="secret.set(key.value)"></label>
        }
      </div>
      <p class="field__help" id="description-secret">{{ text('secret.help') }} @if (hasSecret()) {{{ text('secret.saved') }}}</p>
    </div>
  `,
  styleUrl: './forms.css',
})
export class AccessForm {
  readonly description = input.required<Description>();
  readonly hasSecret = input.required<boolean>();
  readonly url = model.required<string>();
  readonly secret = model.required<string>();
  readonly changed = output<Partial<Description>>();
  protected readonly text = injectDescriptionText();
  protected readonly modes = modes;

  protected auth(): Auth {
    return this.description().auth;
  }
  protected modeWords(mode: Auth['mode']): string {
    return this.text(`auth.${mode}`);
  }
  protected place(): { name: string } | undefined {
    const auth = this.auth();
    return 'name' in auth ? auth : undefined;
  }
  protected prefix(): string | undefined {
    const auth = this.auth();
    return auth.mode === 'header' ? (auth.prefix ?? '') : undefined;
  }
  protected user(): string | undefined {
    const auth = this.auth();
    return auth.mode === 'basic' ? auth.user : undefined;
  }

  protected putMode(mode: Auth['mode']): void {
    const named = this.place()?.name ?? 'X-API-Key';
    const made: Record<Auth['mode'], Auth> = {
      none: { mode: 'none' }, bearer: { mode: 'bearer' }, header: { mode: 'header', name: named }, query: { mode: 'query', name: named }, body: { mode: 'body', name: named },
      basic: { mode: 'basic', user: '' },
    };
    this.changed.emit({ auth: made[mode] });
  }

  protected put(part: { name?: string; prefix?: string; user?: string }): void {
    this.changed.emit({ auth: { ...this.auth(), ...part } as Auth });
  }
}
