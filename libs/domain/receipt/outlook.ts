import type { SettlementStep } from '../settlement/settlement.js';
import type { ReceiptPolicy } from './policy.js';

/** What is known of a receipt before somebody approves it. */
export interface Prospect {
  /** At least one of the customer's services is cut off; undefined: the ISP's system did not say. */
  suspended: boolean | undefined;
  /** There is a conversation in which the customer can be told. */
  hasConversation: boolean;
}

export interface ForeseenStep {
  step: Extract<SettlementStep, 'register' | 'reactivate' | 'tell' | 'notify'>;
  /** will · if-suspended: nobody knows now · if-settled: when nothing overdue stays open · policy: the company left it out · not-suspended: nothing to do · no-conversation: nowhere to tell them. */
  will: 'will' | 'if-suspended' | 'if-settled' | 'policy' | 'not-suspended' | 'no-conversation';
}

/** Pure: what follows when a receipt is approved, so that whoever decides knows it before. Without registering nothing comes back. */
export function foreseen({ actions: { register, reactivate, tell, notify }, reactivateOnPartial }: Pick<ReceiptPolicy, 'actions' | 'reactivateOnPartial'>, { suspended, hasConversation }: Prospect): ForeseenStep[] {
  const returning = !register || !reactivate ? 'policy' : suspended === undefined ? 'if-suspended' : !suspended ? 'not-suspended' : reactivateOnPartial ? 'will' : 'if-settled';
  return [
    { step: 'register', will: register ? 'will' : 'policy' },
    { step: 'reactivate', will: returning },
    { step: 'tell', will: !tell ? 'policy' : hasConversation ? 'will' : 'no-conversation' },
    { step: 'notify', will: notify ? 'will' : 'policy' },
  ];
}
