import type { EntityManager } from '@mikro-orm/postgresql';
import type { ModelApi, ModelSettings, StructuredForm } from '../../libs/ai/openai/settings.js';
import type { CompanyBox } from '../../libs/vault/vault.js';

export interface ModelRow {
  base_url: string;
  api: ModelApi;
  structured: StructuredForm;
  vision_model: string;
  key: Buffer | null;
  key_ending: string;
  timeout_ms: number;
  max_tokens: number;
  budget_day: number | null;
  enabled: boolean;
  version: number;
  saved_at: Date | string;
}

const KEY_CONTEXT = 'model-key';

export const sealModelKey = (box: CompanyBox, key: string): Buffer => box.seal(Buffer.from(key), KEY_CONTEXT);

/** @throws CannotOpen */
export const openModelKey = (box: CompanyBox, sealed: Uint8Array): string => box.open(sealed, KEY_CONTEXT).toString();

export async function modelRowIn(em: EntityManager, company: string, lock = ''): Promise<ModelRow | undefined> {
  const [row] = await em.execute<ModelRow[]>(`select * from model_settings where company = ? ${lock}`, [company]);
  return row;
}

/** @throws CannotOpen */
export const settingsOf = (row: ModelRow, box: CompanyBox): ModelSettings => ({
  baseUrl: row.base_url, api: row.api, structured: row.structured, model: row.vision_model, timeoutMs: row.timeout_ms, maxTokens: row.max_tokens,
  ...(row.key === null ? {} : { key: openModelKey(box, row.key) }),
});
