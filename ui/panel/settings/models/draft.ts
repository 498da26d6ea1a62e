import type { Model, ModelChange, ModelDraft } from '../../../shared/api/models-api';

/** What is typed; numbers as their boxes have them. `key` null: the saved one stays. */
export interface Draft {
  /** Of what it began with. */
  version: number;
  baseUrl: string;
  visionModel: string;
  key: string | null;
  api: ModelDraft['api'];
  structured: ModelDraft['structured'];
  seconds: string;
  maxTokens: string;
  budgetDay: string;
  enabled: boolean;
}

export function draftOf({ version, settings, ranges }: Model): Draft {
  return {
    version, baseUrl: settings?.baseUrl ?? '', visionModel: settings?.visionModel ?? '', key: null, api: settings?.api ?? 'responses', structured: settings?.structured ?? 'json_schema',
    seconds: String((settings?.timeoutMs ?? ranges.timeoutMs.usual) / 1_000), maxTokens: String(settings?.maxTokens ?? ranges.maxTokens.usual),
    budgetDay: settings ? String(settings.budgetDay ?? '') : String(ranges.budgetDay.usual), enabled: settings?.enabled ?? true,
  };
}

/** Parts of the page that differ, as its bar names them. */
export function changedParts(draft: Draft, saved: Draft): ('server' | 'limits' | 'enabled')[] {
  const differ = (...names: (keyof Draft)[]) => names.some((name) => draft[name] !== saved[name]);
  return [
    ...(differ('baseUrl', 'visionModel', 'key', 'api', 'structured') ? ['server' as const] : []), ...(differ('seconds', 'maxTokens', 'budgetDay') ? ['limits' as const] : []),
    ...(differ('enabled') ? ['enabled' as const] : []),
  ];
}

export function typedOf({ baseUrl, visionModel, key, api, structured, seconds, maxTokens }: Draft): ModelDraft {
  return {
    baseUrl: baseUrl.trim(), visionModel: visionModel.trim(), api, structured, timeoutMs: Number(seconds) * 1_000, maxTokens: Number(maxTokens),
    ...(key === null ? {} : { key: key.trim() === '' ? null : key.trim() }),
  };
}

export const changeOf = (draft: Draft): ModelChange =>
  ({ ...typedOf(draft), version: draft.version, budgetDay: draft.budgetDay.trim() === '' ? null : Number(draft.budgetDay), enabled: draft.enabled });

/** Whether what stands in a box is a whole number within a range. */
export const isWithin = (typed: string, { least, most }: { readonly least: number; readonly most: number }): boolean => /^\d{1,9}$/u.test(typed.trim()) && Number(typed) >= least && Number(typed) <= most;
