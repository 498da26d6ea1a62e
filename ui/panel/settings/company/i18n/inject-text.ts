import { textsOf } from '../../../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of the company's data. */
export const injectCompanyText = textsOf({ es, en });
