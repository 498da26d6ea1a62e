import { textsOf } from '../../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of banks' statements. */
export const injectStatementText = textsOf({ es, en });
