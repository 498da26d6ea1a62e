import PDFDocument from 'pdfkit';
import type { InvoiceState } from '../domain/customers.js';

/** What is printed. Amounts are decimal strings, days `YYYY-MM-DD`. */
export interface InvoiceFacts {
  company: { name: string; /** PNG or JPEG. */ logo?: Uint8Array; /** Address, tax id, phone …: a line each. */ lines?: readonly string[] };
  customer: { name: string; number: string; document?: string; address?: string; taxCondition?: string };
  number: string;
  issuedOn: string;
  dueOn: string;
  currency: string;
  lines: readonly { text: string; amount: string }[];
  amount: string;
  /** What has been paid of it. */
  paid: string;
  /** What is still owed. */
  rest: string;
  state: InvoiceState;
  paidOn?: string;
}

const MARGIN = 50;
const RIGHT = 545;
const INK = '#1b2430';
const PALE = '#5b6675';
const RULE = '#d5dae1';
const marks: Record<InvoiceState, { text: string; colour: string } | undefined> = {
  open: undefined,
  'in-review': undefined,
  paid: { text: 'PAGADA', colour: '#1c7a4a' },
  cancelled: { text: 'ANULADA', colour: '#b3261e' },
};

/** "2026-11-10" → "10/11/2026" */
const shownDay = (day: string): string => day.split('-').reverse().join('/');

/** "18900.5", "ARS" → "ARS 18.900,50": the code, as `$` is many currencies'. */
function shownAmount(amount: string, currency: string): string {
  const [whole = '0', fraction = ''] = amount.split('.');
  const sign = whole.startsWith('-') ? '-' : '';
  const grouped = whole.replace('-', '').replace(/\B(?=(\d{3})+$)/gu, '.');
  return `${currency} ${sign}${grouped},${fraction.padEnd(2, '0')}`;
}

/** Only what the standard fonts can show; a name in another script must not print as nonsense. */
const printable = (text: string): string => text.normalize('NFC').replace(/[^\u0020-\u007e\u00a0-\u00ff–—‘’“”•…€]/gu, '?');

type Doc = InstanceType<typeof PDFDocument>;

interface Look {
  size?: number;
  bold?: boolean;
  colour?: string;
  width?: number;
  align?: 'left' | 'right';
  height?: number;
}

function write(doc: Doc, text: string, x: number, y: number, { size = 10, bold = false, colour = INK, width = RIGHT - x, align = 'left', height = size * 1.3 }: Look = {}): void {
  doc.font(bold ? 'Helvetica-Bold' : 'Helvetica').fontSize(size).fillColor(colour)
    .text(printable(text), x, y, { width, align, height, ellipsis: true, lineBreak: true });
}

const rule = (doc: Doc, y: number): void => void doc.moveTo(MARGIN, y).lineTo(RIGHT, y).lineWidth(0.7).strokeColor(RULE).stroke();

function head(doc: Doc, { company, number, issuedOn, dueOn }: InvoiceFacts): void {
  let x = MARGIN;
  if (company.logo) {
    doc.image(Buffer.from(company.logo), MARGIN, 48, { fit: [90, 60] });
    x += 105;
  }
  write(doc, company.name, x, 50, { size: 16, bold: true, width: 300 - (x - MARGIN), height: 40 });
  for (const [at, line] of (company.lines ?? []).slice(0, 4).entries()) write(doc, line, x, 74 + at * 12, { size: 8.5, colour: PALE, width: 290 - (x - MARGIN) });
  write(doc, 'Resumen de cuenta', 350, 50, { size: 13, bold: true, align: 'right' });
  write(doc, `N.º ${number}`, 350, 70, { align: 'right' });
  write(doc, `Emitido el ${shownDay(issuedOn)}`, 350, 85, { align: 'right', colour: PALE, size: 9 });
  write(doc, `Vence el ${shownDay(dueOn)}`, 350, 98, { align: 'right', bold: true, size: 10 });
  rule(doc, 130);
}

function addressee(doc: Doc, { customer }: InvoiceFacts): void {
  write(doc, 'Cliente', MARGIN, 145, { size: 8.5, colour: PALE });
  write(doc, customer.name, MARGIN, 158, { size: 12, bold: true });
  const facts = [`Cliente n.º ${customer.number}`, customer.document ? `Documento ${customer.document}` : '', customer.taxCondition ?? '', customer.address ?? ''];
  for (const [at, line] of facts.filter((fact) => fact !== '').entries()) write(doc, line, MARGIN, 176 + at * 13, { size: 9.5 });
  rule(doc, 240);
}

/** @returns where the next thing goes */
function lines(doc: Doc, { lines: all, amount, currency }: InvoiceFacts): number {
  write(doc, 'Detalle', MARGIN, 252, { size: 8.5, colour: PALE });
  write(doc, 'Importe', 400, 252, { size: 8.5, colour: PALE, align: 'right' });
  const shown = all.length > 0 ? all : [{ text: 'Servicio de internet', amount }];
  let y = 270;
  for (const line of shown) {
    write(doc, line.text, MARGIN, y, { width: 340, height: 26 });
    write(doc, shownAmount(line.amount, currency), 400, y, { align: 'right' });
    y += 28;
    if (y > 640) {
      doc.addPage();
      y = 60;
    }
  }
  rule(doc, y);
  return y + 12;
}

function total(doc: Doc, facts: InvoiceFacts, from: number): void {
  const rows: [string, string, boolean][] = [['Total', facts.amount, true]];
  if (facts.state !== 'cancelled' && Number(facts.paid) !== 0) rows.push(['Pagado', facts.paid, false], ['Saldo', facts.rest, true]);
  for (const [at, [name, amount, bold]] of rows.entries()) {
    write(doc, name, 330, from + at * 20, { size: 11, bold, width: 80 });
    write(doc, shownAmount(amount, facts.currency), 400, from + at * 20, { size: 11, bold, align: 'right' });
  }
  const mark = marks[facts.state];
  if (!mark) return;
  const text = facts.state === 'paid' && facts.paidOn !== undefined ? `${mark.text} el ${shownDay(facts.paidOn)}` : mark.text;
  doc.roundedRect(MARGIN, from - 2, 210, 34, 4).lineWidth(1.5).strokeColor(mark.colour).stroke();
  write(doc, text, MARGIN + 12, from + 8, { size: 13, bold: true, colour: mark.colour, width: 190 });
}

function draw(doc: Doc, facts: InvoiceFacts): void {
  head(doc, facts);
  addressee(doc, facts);
  total(doc, facts, lines(doc, facts));
  write(doc, 'Comprobante no fiscal: no es una factura ni la reemplaza.', MARGIN, 770, { size: 8.5, colour: PALE, width: RIGHT - MARGIN, height: 12 });
}

/**
 * An A4 page (more where there are many lines) that tells what is owed, for whom and until when. The same facts give the same bytes: its
 * date is the day on which the invoice was issued.
 */
export function invoicePdf(facts: InvoiceFacts): Promise<Uint8Array> {
  const at = new Date(`${facts.issuedOn}T12:00:00Z`);
  const info = { Title: printable(`Resumen ${facts.number}`), Author: printable(facts.company.name), CreationDate: at, ModDate: at };
  const doc = new PDFDocument({ size: 'A4', margin: MARGIN, margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: 20 }, info, lang: 'es', displayTitle: true });
  const parts: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    doc.on('data', (part: Uint8Array) => parts.push(part));
    doc.on('end', () => resolve(new Uint8Array(Buffer.concat(parts))));
    doc.on('error', reject);
    try {
      draw(doc, facts);
      doc.end();
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  });
}
