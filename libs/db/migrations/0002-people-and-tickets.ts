import { Migration } from '@mikro-orm/migrations';
import { changeLog } from './0002-people-and-tickets/change-log.js';
import { people } from './0002-people-and-tickets/people.js';
import { tickets } from './0002-people-and-tickets/tickets.js';
import { peopleAndTicketTables } from './company-tables.js';
import { lockRows } from './row-level-security.js';

/** People, sessions, tickets and the change log that screens follow. */
export class Migration0002PeopleAndTickets extends Migration {
  override up(): void {
    for (const statement of [...people, ...tickets, ...changeLog, ...lockRows(peopleAndTicketTables)]) this.addSql(statement);
  }

  override down(): void {
    throw new Error('Tickets are not thrown away: restore a backup instead.');
  }
}
