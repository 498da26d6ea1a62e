export { SIMULATOR_ROOT_PUBLIC_KEY } from './root-key.js';
export { startNetwork, type RunningNetwork, type ServerSettings } from './start.js';
export { Network } from './network.js';
export type { AccountSettings, AccountView, NetworkEvent, NetworkSettings, PersonSettings, Typing } from './contract.js';
export { FAULT_KINDS, type Fault, type FaultKind } from './faults.js';
export { DEFAULT_RULES, type Rules } from './rules.js';
export type { Direction, LedgerEntry, MessageState } from './ledger.js';
export type { TextToSend } from './sending.js';
export { SimulatorError, type SimulatorErrorCode } from './errors.js';
