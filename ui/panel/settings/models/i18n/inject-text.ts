import { textsOf } from '../../../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of the model's page. */
export const injectModelsText = textsOf({ es, en });
