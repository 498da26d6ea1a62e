import { textsOf } from '../../../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of what happens to receipts. */
export const injectReceiptSettingsText = textsOf({ es, en });
