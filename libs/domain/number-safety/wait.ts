import type { HoldReason } from './budget.js';

/** Why a message that is ready does not leave yet. */
export type WaitReason = 'typing' | HoldReason;
