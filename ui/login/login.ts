import { Component, DOCUMENT, effect, inject, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { CompanyApi, logoUrl } from '../shared/api/company-api';
import { Http } from '../shared/api/http';
import { ApiProblem } from '../shared/api/problem';
import { type Session, SessionApi } from '../shared/api/session-api';
import { injectProblemText } from '../shared/feedback/inject-problem';
import { injectSharedText } from '../shared/feedback/inject-text';
import { LanguageChoice } from '../shared/i18n/texts';
import { Icon } from '../shared/icons/icon';
import { ThemeChoice } from '../shared/theme/theme';
import { destinationOf } from './destination';
import { injectText } from './i18n/inject-text';
import { LoginForm } from './login-form';
import { NewPasswordForm } from './new-password-form';

/** The way in: user and password, then, with a password that was given, one of one's own. */
@Component({
  selector: 'login-root',
  imports: [Icon, LoginForm, NewPasswordForm],
  templateUrl: './login.html',
})
export class LoginPage {
  readonly #sessions = inject(SessionApi);
  readonly #http = inject(Http);
  readonly #window = inject(DOCUMENT).defaultView!;
  readonly #problemText = injectProblemText();
  protected readonly theme = inject(ThemeChoice);
  protected readonly language = inject(LanguageChoice);
  protected readonly text = injectText();
  protected readonly shared = injectSharedText();
  protected readonly host = this.#window.location.host;
  protected readonly company = signal<string | undefined>(undefined);
  protected readonly logo = signal<string | undefined>(undefined);
  protected readonly logoUrl = logoUrl;
  /** Why not even the company is known. */
  protected readonly trouble = signal<string | undefined>(undefined);
  /** The password that was just typed, while it has to be replaced; '' when it is not known any more. */
  protected readonly temporary = signal<string | undefined>(undefined);

  constructor() {
    const title = inject(Title);
    effect(() => title.setTitle([this.text('title'), this.company() ?? 'Hilo'].join(' · ')));
    void this.#nameCompany(inject(CompanyApi));
    void this.#resume();
  }

  async #nameCompany(api: CompanyApi): Promise<void> {
    try {
      const { name, logo } = await api.publicFace();
      this.company.set(name);
      this.logo.set(logo);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.trouble.set(this.#problemText(error));
    }
  }

  /** Whoever is logged in already need not do it again. */
  async #resume(): Promise<void> {
    try {
      this.entered(await this.#sessions.read(), '');
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
    }
  }

  protected entered(session: Session, password: string): void {
    this.#http.csrf.set(session.csrf);
    if (session.mustChangePassword) this.temporary.set(password);
    else this.#window.location.assign(destinationOf(this.#window.location.search));
  }

  protected other(): 'es' | 'en' {
    return this.language.current() === 'es' ? 'en' : 'es';
  }
}
