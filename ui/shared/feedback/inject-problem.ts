import { inject } from '@angular/core';
import type { ApiProblem } from '../api/problem';
import { LanguageChoice } from '../i18n/texts';
import { es, type TextKey } from './i18n/es';
import { injectSharedText } from './inject-text';

/** Puts a problem into words: as the server says it where the person reads Spanish, else by its code. */
export function injectProblemText(): (problem: ApiProblem) => string {
  const text = injectSharedText();
  const language = inject(LanguageChoice);
  return (problem) => {
    if (language.current() === 'es' && problem.detail) return problem.detail;
    const key = `problem.${problem.code}`;
    return text(key in es ? (key as TextKey) : 'problem.unknown', { owner: ownerName(problem) });
  };
}

function ownerName({ fields }: ApiProblem): string {
  const owner = fields['owner'];
  return typeof owner === 'object' && owner !== null && 'name' in owner ? String(owner.name) : '—';
}
