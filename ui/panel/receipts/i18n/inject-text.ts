import { textsOf } from '../../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of the receipts. */
export const injectReceiptText = textsOf({ es, en });
