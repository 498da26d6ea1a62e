/** The two ways to ask: OpenAI's present one, and the one that every compatible server has. */
export const modelApis = ['responses', 'chat'] as const;
export type ModelApi = (typeof modelApis)[number];

/** How a server is held to a form: by a schema, to some JSON object, or by asking for it. */
export const structuredForms = ['json_schema', 'json_object', 'prompt'] as const;
export type StructuredForm = (typeof structuredForms)[number];

/** An OpenAI-compatible server, as a company sets it up. Names of models change too often to be constants. */
export interface ModelSettings {
  /** `https://api.openai.com/v1`, `http://10.0.0.5:11434/v1` */
  baseUrl: string;
  api: ModelApi;
  structured: StructuredForm;
  /** The model that looks at pictures. */
  model: string;
  /** Absent: the server wants none. */
  key?: string;
  /** Of one request, in milliseconds. */
  timeoutMs: number;
  /** Of one answer. */
  maxTokens: number;
}

/** Ranges of what a company chooses, those of the columns of `model_settings`. A customer waits for what their picture is. */
export const modelRanges = {
  timeoutMs: { least: 5_000, most: 90_000, usual: 60_000 }, maxTokens: { least: 500, most: 32_000, usual: 4_000 }, budgetDay: { least: 1, most: 1_000_000, usual: 500 },
} as const;
