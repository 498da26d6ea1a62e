/** Where somebody reads in a scrolled element: the first row in sight and its distance from the top. Rows carry `data-row`. */
export class ScrollPlace {
  #row: string | undefined;
  #offsetPx = 0;

  remember(scroller: HTMLElement): void {
    const top = scroller.getBoundingClientRect().top;
    const row = rowsOf(scroller).find((element) => element.getBoundingClientRect().bottom > top);
    this.#row = row?.dataset['row'];
    this.#offsetPx = row ? row.getBoundingClientRect().top - top : 0;
  }

  /** Scrolls so that the remembered row is where it was; does nothing when it is not drawn. */
  restore(scroller: HTMLElement): void {
    const row = rowsOf(scroller).find((element) => element.dataset['row'] === this.#row);
    if (!row) return;
    const offsetPx = row.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    if (offsetPx !== this.#offsetPx) scroller.scrollTop += offsetPx - this.#offsetPx;
  }

  /** Brings a row to the top. @returns whether there is such a row */
  goTo(scroller: HTMLElement, id: string): boolean {
    const row = rowsOf(scroller).find((element) => element.dataset['row'] === id);
    if (row) scroller.scrollTop += row.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 12;
    return row !== undefined;
  }
}

function rowsOf(scroller: HTMLElement): HTMLElement[] {
  return [...scroller.querySelectorAll<HTMLElement>('[data-row]:not([data-row="older"], [data-row="start"])')];
}
