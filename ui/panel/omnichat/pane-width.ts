import { Directive, HostListener, computed, input, model } from '@angular/core';

const stepPx = 16;

/** A separator that sets a pane's width: drag it, or move it with the arrow keys. */
@Directive({
  selector: '[panelPaneWidth]',
  host: {
    role: 'separator', tabindex: '0', 'aria-orientation': 'vertical', class: 'grab',
    '[attr.aria-valuenow]': 'width()', '[attr.aria-valuemin]': 'min()', '[attr.aria-valuemax]': 'max()',
  },
})
export class PaneWidth {
  readonly width = model.required<number>({ alias: 'panelPaneWidth' });
  readonly min = input(240);
  readonly max = input(520);
  /** The pane lies right of the separator: moving left makes it wider. */
  readonly after = input(false);
  readonly #sign = computed(() => (this.after() ? -1 : 1));

  @HostListener('keydown', ['$event'])
  protected pressed(event: KeyboardEvent): void {
    const by = event.key === 'ArrowRight' ? stepPx : event.key === 'ArrowLeft' ? -stepPx : 0;
    if (by === 0) return;
    event.preventDefault();
    this.#set(this.width() + by * this.#sign());
  }

  @HostListener('pointerdown', ['$event'])
  protected grabbed(event: PointerEvent): void {
    const grip = event.currentTarget as HTMLElement;
    const [fromPx, widthPx] = [event.clientX, this.width()];
    const moved = ({ clientX }: PointerEvent): void => this.#set(widthPx + (clientX - fromPx) * this.#sign());
    grip.setPointerCapture(event.pointerId);
    grip.addEventListener('pointermove', moved);
    grip.addEventListener('lostpointercapture', () => grip.removeEventListener('pointermove', moved), { once: true });
  }

  #set(px: number): void {
    this.width.set(Math.round(Math.min(this.max(), Math.max(this.min(), px))));
  }
}
