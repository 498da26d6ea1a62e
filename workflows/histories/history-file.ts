import { readFileSync, writeFileSync } from 'node:fs';
import proto from '@temporalio/proto';

const { History } = proto.temporal.api.history.v1;
type History = proto.temporal.api.history.v1.IHistory;

/** Writes a history as JSON that reads back to the same bytes: payloads in base64, enums by name. */
export function writeHistory(file: string, history: History): void {
  const json: unknown = History.toObject(History.fromObject(history), { longs: String, bytes: String, enums: String });
  writeFileSync(file, `${JSON.stringify(json, undefined, 1)}\n`);
}

export const readHistory = (file: string): History =>
  History.fromObject(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>);
