import { z } from 'zod';
import { amount, day, id, text } from '../wire/lenient.js';

/**
 * WispHub's rows, as far as Hilo reads them. A row of a client has 54 fields, four passwords among them: what no schema names is dropped. Sources:
 * public integrations that were checked against production in 2026 (external-apis.md §4).
 */

const flag = text.transform((written) => written === '1' || written === 'true');
const named = z.object({ id: text, nombre: text }).nullish().catch(undefined);

/** A "cliente" is a service: who has two has two rows, of one `cedula` and most often one `usuario`. */
export const clientRow = z.object({
  id_servicio: id,
  usuario: text,
  nombre: text,
  email: text,
  cedula: text,
  direccion: text,
  localidad: text,
  ciudad: text,
  /** Free text: several numbers with commas, slashes, words. */
  telefono: text,
  /** Carried over between invoices; negative: in the customer's favour. What is owed is this and the pending invoices. */
  saldo: amount,
  /** Activo | Suspendido | Cancelado | Gratis */
  estado: text,
  precio_plan: amount,
  fecha_instalacion: day,
  ip: text,
  sn_onu: text,
  plan_internet: named,
  router: z.object({ falla_general: flag, falla_general_descripcion: text }).nullish().catch(undefined),
});
export type ClientRow = z.infer<typeof clientRow>;

export const invoiceRow = z.object({
  id_factura: id,
  folio: text,
  fecha_emision: day,
  fecha_vencimiento: day,
  fecha_pago: day,
  /** Pendiente de Pago | Pagada | Cancelada | En revisión | Transferida */
  estado: text,
  total: amount,
  referencia: text,
  cliente: z.object({ usuario: text }).nullish().catch(undefined),
});
export type InvoiceRow = z.infer<typeof invoiceRow>;

/** Of `/saldo/`: the number is `id` here and `id_factura` there. */
export const owedRow = z.object({ id: text, id_factura: text, fecha_emision: day, fecha_vencimiento: day, total: amount });
export const saldoRow = z.object({ facturas: z.array(owedRow) });

export const paidRow = z.object({ task_id: text });
export const taskRow = z.object({ task: z.object({ status: text, result: z.unknown() }) });
export const pingRow = z.object({ received: text });
export const catalogRow = z.object({ id, nombre: text, tipo: text });
export const planRow = z.object({ nombre: text, precio: amount, bajada: text, subida: text, descripcion: text });
export const ticketRow = z.object({
  id_ticket: id, asunto: text, descripcion: text, estado: text, servicio: z.object({ id_servicio: text }).nullish().catch(undefined),
});
export type TicketRow = z.infer<typeof ticketRow>;
export const pageRow = z.object({ count: z.coerce.number().int().min(0), results: z.array(z.unknown()) });

/** Fields that are known and not wanted. */
export const ignored = [
  'next', 'previous', 'messages', 'estado_facturas', 'fecha_corte', 'mac_cpe', 'coordenadas', 'auto_activar_servicio', 'zona', 'sectorial', 'tecnico',
  'password_servicio', 'password_hotspot', 'password_router_wifi', 'password_ssh_router_wifi', 'tipo', 'sub_total', 'descuento', 'impuestos_total', 'saldo',
  'saldo_nuevo', 'total_cobrado', 'comprobante_pago', 'referencia_oxxo', 'id_mercadopago', 'forma_pago', 'cajero', 'articulos', 'url_pago', 'nombre', 'prioridad',
  'fecha_creacion', 'fecha_estimada_inicio', 'fecha_estimada_fin', 'respuestas', 'host', 'departamento', 'id_payu', 'url_payu',
];
