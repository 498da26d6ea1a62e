/**
 * What distinguishes one demo customer. debt: nothing open · an invoice to fall due · one overdue · overdue and cut off ·
 * cut off without owing. link: how the connection is while the service is active.
 */
export interface Profile {
  name: string;
  /** DNI, digits. */
  document: string;
  /** E.164 digits. */
  phones: string[];
  services: 1 | 2;
  debt: 'none' | 'due' | 'overdue' | 'suspended' | 'paid-suspended';
  link: 'online' | 'weak' | 'offline';
}
