import { textsOf } from '../../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** OmniChat's words. */
export const injectOmniText = textsOf({ es, en });
