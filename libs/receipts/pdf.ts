import { ApartFailure, entryBeside, ProcessApart, type Limits } from '../apart/process-apart.js';
import type { OpenedPdf } from './pdf-content.js';

export type { OpenedPdf };

/** A receipt's PDF takes a tenth of a second, and a scan of the most pixels some 400 MB; what takes more is made to. */
const LIMITS: Limits = { megabytes: 640, milliseconds: 10_000 };

/** @returns what opens a PDF's text or, of a scanned one, its pictures, in a process of its own: strangers make PDFs that loop or eat memory, which are `broken` */
export function pdfOpener(limits: Limits): (bytes: Uint8Array) => Promise<OpenedPdf> {
  const reader = new ProcessApart<Uint8Array, OpenedPdf>(entryBeside('pdf-entry', import.meta.url), limits);
  return async (bytes) => {
    try {
      const opened = await reader.ask(bytes);
      return opened.ok ? { ...opened, scans: opened.scans.map((scan) => Buffer.from(scan)) } : opened;
    } catch (problem) {
      if (problem instanceof ApartFailure) return { ok: false, fault: 'broken' };
      throw problem;
    }
  };
}

/** Opens a PDF; one process a process, one PDF after another. @throws Error where no process could be started */
export const openPdf = pdfOpener(LIMITS);
