import { textsOf } from '../../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of the customer book. */
export const injectBookText = textsOf({ es, en });
