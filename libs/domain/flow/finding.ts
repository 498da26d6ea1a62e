import type { Place } from './flow.js';

/**
 * Something that is wrong with a flow. Errors keep it from being published: with none of them no customer can be trapped.
 */
export interface Finding {
  flow: Place['flow'];
  node: string;
  kind: FindingKind;
  severity: 'error' | 'warning';
  /** For the person who edits the flow. */
  message: string;
}

export const findingKinds = [
  'unknown-target',
  'unreachable',
  'dead-end',
  'no-way-back',
  'loop-without-waiting',
  'shadowed-word',
  'unknown-variable',
  'variable-without-value',
  'empty',
] as const;
export type FindingKind = (typeof findingKinds)[number];

const warnings: readonly FindingKind[] = ['unreachable', 'shadowed-word', 'variable-without-value'];

export function finding(kind: FindingKind, place: Place, message: string): Finding {
  return { flow: place.flow, node: place.node, kind, severity: warnings.includes(kind) ? 'warning' : 'error', message };
}
