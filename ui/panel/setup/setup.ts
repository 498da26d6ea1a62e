import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { Router } from '@angular/router';
import { Failed, Skeleton } from '../../shared/feedback/states';
import { Attempts } from '../../shared/feedback/attempts';
import { Icon } from '../../shared/icons/icon';
import { CurrentSession } from '../../shared/session/current-session';
import { injectPageTitle } from '../shell/page-title';
import { ThemeButton } from '../shell/theme-button';
import { UserMenu } from '../shell/user-menu';
import { CompanyStep } from './company-step';
import { FlowStep } from './flow-step';
import { injectSetupText } from './i18n/inject-text';
import { NumberStep } from './number-step';
import { SetupProgress, type WizardStep, wizardSteps } from './setup-progress';
import { SystemStep } from './system-step';
import { TestChatStep } from './test-chat-step';

/** The first run: from a new password to a bot that answers, a step at a time; each can be skipped, and all taken up later. */
@Component({
  selector: 'panel-setup',
  imports: [CompanyStep, Failed, FlowStep, Icon, NumberStep, Skeleton, SystemStep, TestChatStep, ThemeButton, UserMenu],
  templateUrl: './setup.html',
  styleUrl: './setup.css',
})
export class SetupPage {
  readonly #router = inject(Router);
  readonly #attempts = inject(Attempts);
  protected readonly session = inject(CurrentSession);
  protected readonly progress = inject(SetupProgress);
  protected readonly text = injectSetupText();
  protected readonly steps = wizardSteps;
  /** Undefined until it is known where to begin; 'end' after the last one. */
  protected readonly step = signal<WizardStep | 'end' | undefined>(undefined);
  protected readonly isDone = computed(() => {
    const step = this.step();
    return step !== undefined && step !== 'end' && this.progress.isDone(step);
  });
  protected readonly leftOpen = computed(() => this.progress.open().map((step) => this.text(`step.${step}`)).join(', '));

  constructor() {
    injectPageTitle(() => this.text('title'));
    effect(() => {
      if (!this.progress.live.value()) return;
      const first = this.progress.open()[0] ?? 'end';
      untracked(() => this.step.update((step) => step ?? first));
    });
  }

  protected next(): void {
    const index = wizardSteps.findIndex((step) => step === this.step());
    this.#go(wizardSteps[index + 1] ?? 'end');
  }

  protected back(): void {
    const index = this.step() === 'end' ? wizardSteps.length : wizardSteps.findIndex((step) => step === this.step());
    this.#go(wizardSteps[index - 1] ?? wizardSteps[0]);
  }

  #go(step: WizardStep | 'end'): void {
    this.step.set(step);
    setTimeout(() => document.getElementById('step')?.focus());
  }

  protected async later(): Promise<void> {
    this.progress.postpone();
    await this.#router.navigateByUrl('/dashboard');
  }

  protected async finish(path: string): Promise<void> {
    if (await this.#attempts.run(this.progress.finish())) await this.#router.navigateByUrl(path);
  }
}
