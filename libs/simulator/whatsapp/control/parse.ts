import type { z } from 'zod';
import { invalid } from './problem.js';

/** A request's body as the schema wants it. @throws Rejected 422, which names what is wrong */
export function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body);
  if (!result.success) throw invalid(result.error);
  return result.data;
}
