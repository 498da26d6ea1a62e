import { textsOf } from '../../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of users and departments. */
export const injectPeopleText = textsOf({ es, en });
