import { Migration0001Spine } from './0001-spine.js';
import { Migration0002PeopleAndTickets } from './0002-people-and-tickets.js';

/** In order; named here so that the same classes run from sources and from dist. */
export const migrations = [
  { name: '0001-spine', class: Migration0001Spine },
  { name: '0002-people-and-tickets', class: Migration0002PeopleAndTickets },
] as const;
