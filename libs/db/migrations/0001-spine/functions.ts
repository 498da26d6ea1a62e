import { companyBookkeeping } from './functions/bookkeeping.js';
import { deciding } from './functions/deciding.js';
import { journal } from './functions/journal.js';
import { linking } from './functions/linking.js';
import { sending } from './functions/sending.js';

/** Hot paths as functions: one call is one statement is one transaction, which no stopped client can leave open. */
export const functions: readonly string[] = [...companyBookkeeping, ...linking, ...journal, ...sending, ...deciding];
