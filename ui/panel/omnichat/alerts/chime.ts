import { Injectable } from '@angular/core';
import type { AlertKind } from './what-happened';

/** Notes in Hz: a rise for who comes, a single one for who answers, a low pair for who waits too long. */
const notes: Readonly<Record<AlertKind, readonly number[]>> = { opened: [660, 880], answered: [784], transferred: [587, 784, 988], late: [494, 392] };
const noteSeconds = 0.16;

/** Short sounds, made by the browser: no file is fetched. Silent until the person has touched the page, as browsers demand. */
@Injectable({ providedIn: 'root' })
export class Chime {
  #context: AudioContext | undefined;

  ring(kind: AlertKind): void {
    const context = (this.#context ??= new AudioContext());
    if (context.state === 'suspended') {
      void context.resume();
      return;
    }
    for (const [index, frequency] of notes[kind].entries()) this.#note(context, frequency, context.currentTime + index * noteSeconds);
  }

  #note(context: AudioContext, frequency: number, atSeconds: number): void {
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    tone.type = 'sine';
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, atSeconds);
    volume.gain.linearRampToValueAtTime(0.12, atSeconds + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, atSeconds + noteSeconds * 1.6);
    tone.connect(volume).connect(context.destination);
    tone.start(atSeconds);
    tone.stop(atSeconds + noteSeconds * 1.7);
  }
}
