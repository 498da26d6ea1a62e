import { Injectable, inject } from '@angular/core';
import { type Mode, type OperatingMode, ToolsApi } from '../../shared/api/tools-api';
import type { IconName } from '../../shared/icons/icon-names';
import { injectLive } from '../../shared/push/live-value';
import { CurrentSession } from '../../shared/session/current-session';

/** In the order in which people choose among them. */
export const modes: readonly Mode[] = ['complete', 'gateway-only', 'emergency', 'stopped'];

export const modeLook: Readonly<Record<Mode, { icon: IconName; tone: 'ok' | 'warn' | 'bad' }>> = {
  complete: { icon: 'check', tone: 'ok' },
  'gateway-only': { icon: 'pause', tone: 'warn' },
  emergency: { icon: 'megaphone', tone: 'bad' },
  stopped: { icon: 'power', tone: 'bad' },
};

/** The bot's mode, live, for those who may know it. */
@Injectable({ providedIn: 'root' })
export class BotMode {
  readonly #api = inject(ToolsApi);
  readonly #session = inject(CurrentSession);
  readonly live = injectLive<OperatingMode | undefined>(
    () => (this.#session.can('mode.read') ? this.#api.mode() : Promise.resolve(undefined)),
    ({ topic }) => topic === 'mode',
  );
  /** Undefined: not known yet. */
  readonly current = this.live.value;
}
