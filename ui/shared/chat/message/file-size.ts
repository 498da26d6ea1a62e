import { inject } from '@angular/core';
import { LanguageChoice } from '../../i18n/texts';
import { sizeParts } from './file-facts';

/** Makes the words of a file's size in the person's language: 182 kB. */
export function injectSizeWords(): (bytes: number) => string {
  const language = inject(LanguageChoice);
  return (bytes) => {
    const { value, unit } = sizeParts(bytes);
    // In short form a byte is a whole word, and in the narrow one it sticks to its number.
    if (unit === 'byte') return `${value} B`;
    return new Intl.NumberFormat(language.locale(), { style: 'unit', unit, unitDisplay: 'short' }).format(value);
  };
}
