import { checkTexts } from './check-texts.js';
import { checkWays } from './check-ways.js';
import { checkWords } from './check-words.js';
import type { Finding } from './finding.js';
import type { Flows } from './flow.js';

/**
 * What is wrong with a company's flows, for the people who edit them. A company publishes flows without errors only; the
 * property in `trap.spec.ts` says what that is worth: no customer can be trapped in them.
 */
export function checkFlow(flows: Flows): Finding[] {
  return [...checkWays(flows), ...checkTexts(flows), ...checkWords(flows)];
}

/** Whether flows may be published. */
export function isPublishable(findings: readonly Finding[]): boolean {
  return findings.every((finding) => finding.severity !== 'error');
}
