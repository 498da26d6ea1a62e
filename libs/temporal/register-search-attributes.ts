import type { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { searchAttributeTypes } from './search-attributes.js';

const { IndexedValueType } = proto.temporal.api.enums.v1;

/** Tells the server our search attributes. Those that it knows are left alone, so that this may run at each start. */
export async function registerSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const known = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.keys(searchAttributeTypes).filter((name) => !(name in known.customAttributes));
  if (missing.length === 0) return;
  const all = Object.fromEntries(missing.map((name) => [name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD]));
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: all });
}
