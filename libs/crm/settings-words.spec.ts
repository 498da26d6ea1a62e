import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { outsideSystems } from './registry.js';
import type { SettingMeta } from './wire/settings.js';

/** Shown by the connection's own part of the screen. */
const OF_THE_CONNECTION = ['tls', 'certificate', 'timeoutSeconds'];
/** As text: screens are built by other rules, and no library imports them. */
const words = (language: string): string => readFileSync(`ui/panel/integrations/i18n/system-fields.${language}.ts`, 'utf8');

it.each((['mikrowisp', 'ispcube', 'wisphub'] as const).flatMap((system) => (['es', 'en'] as const).map((language) => [system, language] as const)))(
  '%s: every setting has its words in %s, and says where to find what it wants', (system, language) => {
    const fields = Object.entries(outsideSystems[system]!.settings.shape).filter(([name]) => !OF_THE_CONNECTION.includes(name));
    const text = words(language);
    for (const [, field] of fields) {
      const { label, help } = (field as { meta(): SettingMeta }).meta();
      expect(text).toContain(`'${label}': '`);
      expect(text).toContain(`'${help}': '`);
    }
  });
