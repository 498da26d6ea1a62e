import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { toolsChangeMode } from './generated/fn/tools/tools-change-mode';
import { toolsReadMessage } from './generated/fn/tools/tools-read-message';
import { toolsReadMode } from './generated/fn/tools/tools-read-mode';
import { toolsSaveMessage } from './generated/fn/tools/tools-save-message';
import type * as api from './generated/models';
import { Http } from './http';

/** What the bot does at all, since when, and how many conversations it keeps for people. */
export type OperatingMode = Frozen<api.OperatingMode>;
export type Mode = OperatingMode['mode'];
/** What customers are told in an emergency, and how long it may be. */
export type EmergencyMessage = Frozen<api.EmergencyMessage>;

@Injectable({ providedIn: 'root' })
export class ToolsApi {
  readonly #http = inject(Http);

  mode(): Promise<OperatingMode> {
    return this.#http.call(toolsReadMode, {});
  }

  changeMode(mode: Mode): Promise<OperatingMode> {
    return this.#http.call(toolsChangeMode, { body: { mode } });
  }

  emergencyMessage(): Promise<EmergencyMessage> {
    return this.#http.call(toolsReadMessage, {});
  }

  /** Saves a new version, which customers are told from then on. */
  saveEmergencyMessage(text: string): Promise<EmergencyMessage> {
    return this.#http.call(toolsSaveMessage, { body: { text } });
  }
}
