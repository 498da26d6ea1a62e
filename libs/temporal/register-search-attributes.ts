import type { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { searchAttributeTypes } from './search-attributes.js';

const { IndexedValueType } = proto.temporal.api.enums.v1;

/** Adds search attributes that the server does not know yet. @throws when one is known already */
export async function addSearchAttributes(
  connection: Connection,
  namespace: string,
  names: readonly string[] = Object.keys(searchAttributeTypes),
): Promise<void> {
  const searchAttributes = Object.fromEntries(names.map((name) => [name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD]));
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
}

/** Tells the server our search attributes. Those that it knows are left alone, so that this may run at each start. */
export async function registerSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.keys(searchAttributeTypes).filter((name) => !(name in customAttributes));
  if (missing.length > 0) await addSearchAttributes(connection, namespace, missing);
}
