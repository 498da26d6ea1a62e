import { z } from 'zod';
import type { OutsideCrm } from '../../../libs/crm/registry.js';
import type { SettingsField } from './integrations.schema.js';

/** What the connection itself holds and gives to each adapter: not asked for a second time. */
const lineFields: ReadonlySet<string> = new Set(['tls', 'certificate', 'timeoutSeconds']);

interface FieldSchema {
  type?: string;
  format?: string;
  enum?: string[];
  default?: unknown;
  label?: string;
  help?: string;
  secret?: boolean;
}

function kindOf({ type, format, enum: choices, secret }: FieldSchema): SettingsField['kind'] {
  if (secret) return 'secret';
  if (choices) return 'choice';
  if (type === 'boolean') return 'switch';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'object' || type === 'array') return 'structure';
  return format === 'uri' ? 'url' : 'text';
}

interface Described {
  properties?: Record<string, FieldSchema>;
  required?: string[];
}

const described = (settings: OutsideCrm['settings'], io: 'input' | 'output'): Described =>
  z.toJSONSchema(settings, { io, unrepresentable: 'any', reused: 'inline' }) as Described;

/** What a company has to type for a system, as its schema says it: the form is made of this. */
export function settingsFields({ settings }: Pick<OutsideCrm, 'settings'>): SettingsField[] {
  const { properties = {}, required = [] } = described(settings, 'input');
  const becomes = described(settings, 'output').properties ?? {}; // what is made a number of anything typed has no type before
  return Object.entries(properties).filter(([name]) => !lineFields.has(name)).map(([name, field]) => ({
    name, label: field.label ?? name, kind: kindOf({ ...becomes[name], ...field }), required: required.includes(name),
    ...(field.help === undefined ? {} : { help: field.help }),
    ...(field.enum === undefined ? {} : { choices: field.enum }),
    ...(typeof field.default === 'string' || typeof field.default === 'number' || typeof field.default === 'boolean' ? { default: field.default } : {}),
  }));
}

/** What is typed apart from what is sealed, by what the schema says of each field. */
export function apart(fields: readonly SettingsField[], values: Readonly<Record<string, unknown>>): { settings: Record<string, unknown>; secrets: Record<string, string | null> } {
  const settings: Record<string, unknown> = {};
  const secrets: Record<string, string | null> = {};
  for (const { name, kind } of fields) {
    const value = values[name];
    if (kind !== 'secret') {
      if (value !== undefined && value !== null && value !== '') settings[name] = value;
    } else if (value === null) secrets[name] = null;
    else if (typeof value === 'string' && value.trim() !== '') secrets[name] = value.trim();
  }
  return { settings, secrets };
}
