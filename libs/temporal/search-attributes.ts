import { defineSearchAttributeKey, type SearchAttributeType } from '@temporalio/common';

/**
 * What operations search by in the Temporal UI. They are not encrypted: ids and states only, never a phone number, name or text.
 */
export const searchAttributes = {
  company: defineSearchAttributeKey('HiloCompany', 'KEYWORD'),
  /** Id of the contact. */
  contact: defineSearchAttributeKey('HiloContact', 'KEYWORD'),
  /** What a workflow is doing, in one word, e.g. who speaks in a conversation. */
  state: defineSearchAttributeKey('HiloState', 'KEYWORD'),
  /** Id of the agent who has the case. */
  agent: defineSearchAttributeKey('HiloAgent', 'KEYWORD'),
} as const;

/** Names and types, for the server that has to know them before the first workflow starts. */
export const searchAttributeTypes: Readonly<Record<string, SearchAttributeType>> = Object.fromEntries(
  Object.values(searchAttributes).map((key) => [key.name, key.type]),
);
