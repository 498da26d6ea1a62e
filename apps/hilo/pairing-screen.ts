import qrcode from 'qrcode';
import type { Pairing } from '../../libs/domain/pairing.js';
import type { Terminal } from './command.js';

/** Prints the QR, or the code in two groups as the phone asks for it. */
export async function showPairing(pairing: Pairing, terminal: Terminal): Promise<void> {
  if (pairing.kind === 'code') {
    const code = pairing.code.replaceAll('-', '');
    terminal.out('En el teléfono: WhatsApp Business → Dispositivos vinculados → Vincular con el número de teléfono. Código:');
    terminal.out(`\n    ${code.slice(0, 4)}-${code.slice(4)}\n`);
    return;
  }
  terminal.out('En el teléfono: WhatsApp Business → Dispositivos vinculados → Vincular un dispositivo, y escaneá:');
  // Colours set by the code itself: a QR in the terminal's own colours is inverted on a dark screen, which phones may not read.
  terminal.out(await qrcode.toString(pairing.text, { type: 'terminal', small: true, errorCorrectionLevel: 'L' }));
  terminal.out('Se renueva solo; Ctrl-C para cancelar.');
}
