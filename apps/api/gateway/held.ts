/**
 * SQL: whether what waits in a batch is held, because somebody paused the batch or stopped the bot. Of a notice `n` and its batch `b`; what a state is
 * shown as follows from it (`shownAs`).
 */
export const IS_HELD = `(b.paused_at is not null or exists (select from operating_modes o where o.company = n.company and o.mode = 'stopped'))`;
