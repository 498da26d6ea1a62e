import { z } from 'zod';
import type { Crm } from './crm.js';
import type { CrmDeps } from './crm-deps.js';
import { capabilitiesOf } from './generic/description.js';
import { describedCrm } from './generic/generic.js';
import { ispbrainDescription } from './generic/presets/ispbrain.js';
import { lineOf, lineSettings, secretSetting, systemUrl } from './wire/settings.js';

/** ISPBrain asks for its address and an API key. */
export const ispbrainSettings = z.object({ url: systemUrl(), apiKey: secretSetting('ispbrain.apiKey'), ...lineSettings });
export type IspbrainSettings = z.infer<typeof ispbrainSettings>;

export const ispbrainCapabilities = capabilitiesOf(ispbrainDescription);

/** ISPBrain, as a preset of the generic adapter: a supposition, not verified with the vendor (`presets`). */
export const ispbrainCrm = ({ url, apiKey, ...line }: IspbrainSettings, deps: CrmDeps): Crm =>
  describedCrm({ url, secret: apiKey, description: ispbrainDescription, line: lineOf(line) }, deps);
