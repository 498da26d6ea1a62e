import { Component, computed, input } from '@angular/core';
import { create } from 'qrcode';
import { qrPath } from './qr-path';

/** Quiet zone around a QR, in modules: readers need it (ISO/IEC 18004 asks for 4 on paper; on a screen 2 read well). */
const quiet = 2;

/** A QR drawn here from its text: nothing leaves the page. Always dark on white, as phones expect. */
@Component({
  selector: 'panel-qr-code',
  template: `
    <svg [attr.viewBox]="drawn().viewBox" role="img" [attr.aria-label]="label()" shape-rendering="crispEdges">
      <rect [attr.x]="drawn().edge" [attr.y]="drawn().edge" width="100%" height="100%" fill="#fff" />
      <path [attr.d]="drawn().path" fill="#10201f" />
    </svg>
  `,
  styles: `:host { display: block; } svg { display: block; width: 100%; height: auto; border-radius: inherit; }`,
})
export class QrCode {
  readonly text = input.required<string>();
  readonly label = input.required<string>();
  protected readonly drawn = computed(() => {
    const { modules } = create(this.text(), { errorCorrectionLevel: 'L' });
    const dark = (row: number, column: number): boolean => modules.get(row, column) === 1;
    return { viewBox: `${-quiet} ${-quiet} ${modules.size + 2 * quiet} ${modules.size + 2 * quiet}`, edge: -quiet, path: qrPath(modules.size, dark) };
  });
}
