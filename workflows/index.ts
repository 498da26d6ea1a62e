/** Every workflow of the worker: the bundle's one entry. The exported names are the workflow types on the wire. */
export { conversation } from './conversation/workflow.js';
export { groupNotice } from './group-notice/workflow.js';
export { moneyArrived } from './money-arrived/workflow.js';
export { noticeCallbacks } from './notice-callbacks/workflow.js';
export { notices } from './notices/workflow.js';
export { paymentLink } from './payment-link/workflow.js';
export { platformPayment } from './platform-payment/workflow.js';
export { receipt } from './receipt/workflow.js';
export { settlement } from './settlement/workflow.js';
export { status } from './status/workflow.js';
export { ticket } from './ticket/workflow.js';
