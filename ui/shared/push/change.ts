/** What a change is about: the row's kind. */
export type Topic = 'message' | 'ticket' | 'note' | 'channel' | 'user' | 'department' | 'mode' | 'status' | 'company' | 'isp' | 'customer' | 'notice' | 'receipt' | 'settlement' | 'payment-method' | 'payment-link' | 'statement';

/** "Look again": something about this subject is not as it was. What is true is read from the API. */
export interface Change {
  readonly topic: Topic;
  /** Id of the row that changed. */
  readonly subject: string;
  readonly conversation?: string;
}

/** What the server says on the socket. */
export interface PushMessage {
  /** How far the change log has been told: where to go on after a cut. */
  readonly cursor: number;
  readonly changes?: readonly Change[];
  /** The cursor was too old: everything may have changed. */
  readonly reset?: boolean;
}
