import type { ConnectionTest, Fault, SystemField, SystemId } from '../../shared/api/integrations-api';
import { es, type TextKey } from './i18n/es';
import type { injectIntegrationsText } from './i18n/inject-text';

type Text = ReturnType<typeof injectIntegrationsText>;

const isKey = (key: string): key is TextKey => key in es;

/** A field's label; where its system's own words lack, those that all systems share, then its name. */
export function labelOf(text: Text, { label, name }: SystemField): string {
  const key = [label, `integrations.field.${label}`, `integrations.field.${name}`].find(isKey);
  return key ? text(key) : name;
}

export function helpOf(text: Text, { help, name }: SystemField): string | undefined {
  const key = [help ?? '', `integrations.field.${help}`, `integrations.field.${name}.help`].find(isKey);
  return key && text(key);
}

/** What a choice of a field is called. */
export function choiceOf(text: Text, { label }: SystemField, choice: string): string {
  const key = `${label}.${choice}`;
  return isKey(key) ? text(key) : choice;
}

/** What went wrong and what to do about it. */
export const faultWords = (text: Text, system: SystemId, name: string, fault: Fault): string =>
  text(`fault.${fault}`, { system: name, where: text(`where.${system}`) }).trim();

/** How a test ended, in words. */
export function testWords(text: Text, system: SystemId, name: string, { ok, ms, version, fault }: ConnectionTest): string {
  if (!ok) return faultWords(text, system, name, fault ?? 'unavailable');
  return [text('test.ok', { system: name, ms }), version ? text('test.version', { version }) : ''].join(' ').trim();
}
