import { fillMentions } from '../text/mentions.js';

/**
 * The closed list of what a flow's texts may name as `{{ variable }}`. They are what the people of the ISP see in the
 * menu editor, so they are Spanish.
 */
export const variables = {
  empresa: 'Nombre de la empresa',
  bienvenida: 'Mensaje de bienvenida de la empresa',
  horario: 'Horarios de atención ("de lunes a viernes de 8 a 12")',
  contacto: 'Teléfonos, correo y dirección de la empresa',
  atencion: 'Fuera de hora, cuándo vuelve a atender una persona',
  nombre: 'Nombre de pila del cliente reconocido',
  cliente: 'Nombre completo del cliente reconocido',
  plan: 'Plan del servicio elegido',
  servicio: 'Domicilio del servicio elegido',
  saldo: 'Saldo a pagar',
  vencimiento: 'Fecha de vencimiento más próxima',
  dias_vencido: 'Tiempo desde el vencimiento ("3 días")',
  facturas: 'Lista de facturas impagas',
  factura: 'Número de la factura que se manda o se paga',
  importe: 'Importe de la factura que se manda o se paga',
  vence: 'Vencimiento de la factura que se manda o se paga',
  medios_de_pago: 'Cómo pagar: enlace y medios visibles',
  enlace: 'Enlace de pago de la factura, si hay una plataforma',
  desde: 'Desde cuándo está en ese estado la conexión',
  senal: 'Señal óptica en dBm',
  bajada: 'Velocidad de bajada medida',
  subida: 'Velocidad de subida medida',
  hora: 'Momento del que es lo que dijo el sistema ("a las 14:05")',
  planes: 'Lista de planes con velocidad y precio',
  tipo: 'Clase del mensaje que no se puede leer',
  ticket: 'Número del pedido de atención',
  lugar: 'Lugar en la fila ("Tenés 3 personas adelante")',
  documento: 'Documento que escribió la persona',
  nombre_escrito: 'Nombre que escribió la persona',
  texto_escrito: 'Respuesta libre que escribió la persona',
} as const;

export type Variable = keyof typeof variables;

/** Variables that may stand in every text, whatever was asked before. What the company does not tell of itself leaves nothing behind. */
export const alwaysKnown: readonly Variable[] = ['empresa', 'bienvenida', 'horario', 'contacto', 'atencion'];

export function isVariable(name: string): name is Variable {
  return Object.hasOwn(variables, name);
}

/** The text with its variables filled in; one without a value leaves nothing behind. */
export function fill(text: string, values: Partial<Record<Variable, string>>): string {
  return fillMentions(text, (name) => (isVariable(name) ? values[name] : undefined));
}
