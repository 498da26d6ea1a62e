/** Type of the keys by which a notice of history waits: committed with the ratchet that decrypted it, deleted when the history is in. */
export const HISTORY_KEY = 'history-notice';
