import type { StepState } from './settlement.js';

/** The service was off before the payment, and this is what is known of its coming back; failed and skipped: not by us. */
const maybeBack: readonly (StepState | undefined)[] = ['pending', 'waiting', 'unknown', 'done', 'already'];

/**
 * Whether a service is switched off again when its payment is taken back: only one that was off before, and that came, or may have come, back by it.
 * Who was never cut off, or whose service somebody else switched on, is not punished for a payment that failed.
 */
export const suspendsAgain = (reactivate: StepState | undefined): boolean => maybeBack.includes(reactivate);
