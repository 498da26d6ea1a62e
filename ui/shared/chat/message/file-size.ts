import { inject } from '@angular/core';
import { LanguageChoice } from '../../i18n/texts';
import { sizeParts } from './file-facts';

/** Makes the words of a file's size in the person's language: 182 kB. */
export function injectSizeWords(): (bytes: number) => string {
  const language = inject(LanguageChoice);
  return (bytes) => {
    const { value, unit } = sizeParts(bytes);
    return new Intl.NumberFormat(language.locale(), { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'narrow' : 'short' }).format(value);
  };
}
