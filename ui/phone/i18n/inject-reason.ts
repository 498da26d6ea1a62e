import type { SimulatorError } from '../simulator/simulator-api';
import { injectText } from './inject-text';

/** Puts into words why a call did not work. */
export function injectReason(): (error: SimulatorError) => string {
  const text = injectText();
  return (error) => (error.unreachable ? text('error.unreachable') : text('error.refused', { reason: error.message }));
}
