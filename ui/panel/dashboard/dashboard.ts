import { Component, computed, inject } from '@angular/core';
import { Failed, Skeleton } from '../../shared/feedback/states';
import { injectSharedText } from '../../shared/feedback/inject-text';
import { Icon } from '../../shared/icons/icon';
import { injectLive } from '../../shared/push/live-value';
import { Push } from '../../shared/push/push';
import { OverviewApi } from '../../shared/api/overview-api';
import { CurrentSession } from '../../shared/session/current-session';
import { Clock } from '../../shared/time/clock';
import { Moments } from '../../shared/time/moments';
import { LinkNumber } from '../link/link-number';
import { LinkReason } from '../link/link-reason';
import { Channels } from '../shell/channels';
import { injectPageTitle } from '../shell/page-title';
import { BotCard } from './bot-card';
import { injectDashboardText } from './i18n/inject-text';
import { NotifiedGroup } from './notified-group';
import { ProblemsCard } from './problems-card';
import { SetupReminder } from './setup-reminder';
import { TicketsCard } from './tickets-card';

/** The company at a glance: whether the bot works, who waits, what is wrong; the QR takes the stage while no phone is linked. */
@Component({
  selector: 'panel-dashboard',
  imports: [BotCard, Failed, Icon, LinkNumber, LinkReason, NotifiedGroup, ProblemsCard, SetupReminder, Skeleton, TicketsCard],
  templateUrl: './dashboard.html',
  styleUrl: './dashboard.css',
})
export class DashboardPage {
  readonly #api = inject(OverviewApi);
  readonly #clock = inject(Clock);
  protected readonly session = inject(CurrentSession);
  protected readonly moments = inject(Moments);
  protected readonly push = inject(Push);
  protected readonly text = injectDashboardText();
  protected readonly shared = injectSharedText();
  protected readonly channels = inject(Channels);
  protected readonly overview = injectLive(() => this.#api.dashboard(), ({ topic }) => topic === 'ticket' || topic === 'channel' || topic === 'message' || topic === 'isp');
  protected readonly several = computed(() => (this.channels.all()?.length ?? 0) > 1);
  /** Whose QR takes the stage: of several, the one that somebody has asked to link. */
  protected readonly unlinked = computed(() => {
    const open = this.channels.all()?.filter(({ state }) => state !== 'linked') ?? [];
    return this.several() ? (open.find(({ wanted }) => wanted) ?? open[0]) : open[0];
  });
  protected readonly hello = computed(() => {
    const name = (this.session.user()?.name ?? '').split(' ')[0]!;
    const hour = Number(this.moments.time(this.#clock.halfMinute()).slice(0, 2));
    return this.text(hour < 5 || hour >= 20 ? 'hello.night' : hour < 13 ? 'hello.morning' : 'hello.afternoon', { name });
  });
  protected readonly today = computed(() => this.moments.weekday(this.#clock.halfMinute()));

  constructor() {
    injectPageTitle(() => this.text('title'));
  }
}
