import { HttpException } from '@nestjs/common';
import { z } from 'zod';
import { isDatabaseAway } from '../../../libs/db/availability.js';
import { DomainError, type DomainErrorCode } from '../../../libs/domain/errors.js';

/** RFC 9457, with the code that clients tell problems apart by. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().meta({ description: 'For people, in Spanish' }),
    code: z.string(),
    requestId: z.string().meta({ description: 'Under which the logs know this request' }),
    fields: z.array(z.string()).optional().meta({ description: 'Names of the fields that are wrong, where the server alone can tell' }),
    owner: z.object({ id: z.string(), name: z.string() }).optional().meta({ description: 'Who has it, where somebody else was faster' }),
  })
  .meta({ id: 'Problem', description: 'application/problem+json (RFC 9457)' });
export type Problem = z.infer<typeof problemSchema>;

interface Kind {
  status: number;
  title: string;
  detail: string;
}

/** Everything that this API answers besides success, by its code. */
const kinds = {
  'bad-request': { status: 400, title: 'Bad request', detail: 'El pedido no tiene la forma que corresponde.' },
  'not-signed-in': { status: 401, title: 'Not signed in', detail: 'Tu sesión terminó. Volvé a ingresar.' },
  'token-missing': { status: 401, title: 'Token missing', detail: 'Falta el token: mandalo como Authorization: Bearer, X-Api-Key, token= o apikey=.' },
  'login-failed': { status: 401, title: 'Login failed', detail: 'El usuario o la contraseña no son correctos.' },
  forbidden: { status: 403, title: 'Forbidden', detail: 'No tenés permiso para eso.' },
  'token-wrong': { status: 403, title: 'Token wrong', detail: 'Ese token no es de esta empresa, o ya no vale.' },
  'password-change-required': { status: 403, title: 'Password change required', detail: 'Antes de seguir tenés que cambiar la contraseña.' },
  'csrf-token': { status: 403, title: 'CSRF token missing', detail: 'El pedido no vino de esta pantalla. Volvé a cargarla.' },
  'foreign-origin': { status: 403, title: 'Foreign origin', detail: 'El pedido vino de otro sitio.' },
  'company-suspended': { status: 403, title: 'Company suspended', detail: 'El servicio de esta empresa está suspendido. Hablá con quien administra la plataforma.' },
  'not-found': { status: 404, title: 'Not found', detail: 'Acá no hay nada.' },
  'file-lost': { status: 404, title: 'File lost', detail: 'El archivo no está donde se guardó. Avisale a quien administra la plataforma.' },
  'company-unknown': { status: 404, title: 'No company', detail: 'Ninguna empresa atiende en esta dirección.' },
  'method-not-allowed': { status: 405, title: 'Method not allowed', detail: 'Esa operación no existe para esta dirección.' },
  conflict: { status: 409, title: 'Conflict', detail: 'Otra persona lo cambió antes. Volvé a cargar y probá de nuevo.' },
  'login-taken': { status: 409, title: 'Login taken', detail: 'Ya hay alguien con ese nombre de usuario.' },
  'phone-taken': { status: 409, title: 'Phone taken', detail: 'Ya hay alguien con ese teléfono.' },
  'name-taken': { status: 409, title: 'Name taken', detail: 'Ya existe uno con ese nombre.' },
  'last-administrator': { status: 409, title: 'Last administrator', detail: 'Tiene que quedar al menos un administrador activo.' },
  'department-in-use': { status: 409, title: 'Department in use', detail: 'Hay tickets de ese departamento: no se puede borrar.' },
  'ticket-taken': { status: 409, title: 'Ticket taken', detail: 'Ese ticket ya lo tiene otra persona.' },
  'ticket-closed': { status: 409, title: 'Ticket closed', detail: 'Ese ticket ya está cerrado.' },
  'ticket-open': { status: 409, title: 'Ticket open', detail: 'Ese ticket ya está abierto.' },
  'another-ticket-open': { status: 409, title: 'Another ticket open', detail: 'Ese cliente ya tiene otro ticket abierto.' },
  'not-yours': { status: 409, title: 'Not yours', detail: 'Ese ticket no está a tu cargo.' },
  'already-there': { status: 409, title: 'Already there', detail: 'El ticket ya está ahí.' },
  'same-contact': { status: 409, title: 'Same contact', detail: 'Ya son el mismo contacto.' },
  'no-person': { status: 409, title: 'Not a person', detail: 'Un grupo no es una persona: no se une con un contacto.' },
  'merge-undone': { status: 409, title: 'Merge undone', detail: 'Esa unión ya se deshizo.' },
  'channel-not-linked': { status: 409, title: 'Number not linked', detail: 'Ese número no está vinculado: no hay nada que reiniciar.' },
  'channel-linked': { status: 409, title: 'Number linked', detail: 'Antes de borrar ese número, desvinculalo.' },
  'channel-in-use': { status: 409, title: 'Number in use', detail: 'Ese número tiene conversaciones: se puede desvincular, pero no borrar.' },
  'emergency-message-missing': { status: 409, title: 'Emergency message missing', detail: 'Antes de empezar una emergencia, guardá el mensaje que van a recibir los clientes.' },
  'file-pending': { status: 409, title: 'File not fetched yet', detail: 'El archivo todavía se está descargando.' },
  'file-failed': { status: 409, title: 'File refused', detail: 'Ese archivo no se pudo recibir, o no es lo que dice ser.' },
  'file-expired': { status: 409, title: 'File expired', detail: 'WhatsApp ya no tiene ese archivo. Pedile al cliente que lo mande de nuevo.' },
  'receipt-decided': { status: 409, title: 'Receipt decided', detail: 'Ese comprobante ya está decidido, o todavía se está leyendo.' },
  'receipt-reversing': { status: 409, title: 'Payment being reversed', detail: 'El pago de ese comprobante se está anulando, o quedó para que lo vea una persona. Si ya lo anulaste a mano, decilo en el pago.' },
  'settlement-not-now': { status: 409, title: 'Nothing to settle', detail: 'Ese pago no espera a nadie, o se está intentando justo ahora: mirá de nuevo en un momento.' },
  'receipt-paid': { status: 409, title: 'Paid already', detail: 'Ese pago ya está registrado con otro comprobante o con un enlace de pago. Si es otro pago, aprobalo con un motivo.' },
  'receipt-alike': { status: 409, title: 'Perhaps paid already', detail: 'De ese cliente ya se aprobó un pago igual, del mismo día, sin que nada lo confirme: puede ser el mismo. Si es otro pago, aprobalo con un motivo.' },
  'receipt-needs-customer': { status: 422, title: 'Customer missing', detail: 'Antes elegí de qué cliente es el pago.' },
  'receipt-needs-amount': { status: 422, title: 'Amount missing', detail: 'Antes completá el monto.' },
  'receipt-needs-reason': { status: 422, title: 'Reason missing', detail: 'Escribí el motivo.' },
  'status-publishing': { status: 409, title: 'Status publishing', detail: 'Ese estado se está publicando en este momento.' },
  'status-published': { status: 409, title: 'Status published', detail: 'Ese estado ya salió: no se puede cambiar ni cancelar. Podés eliminarlo.' },
  'status-ended': { status: 409, title: 'Status ended', detail: 'Ese estado ya terminó.' },
  'status-not-published': { status: 409, title: 'Status not published', detail: 'Ese estado no salió: no hay nada que eliminar. Podés cancelarlo.' },
  'request-running': { status: 409, title: 'Request running', detail: 'Ese pedido ya se está haciendo. Esperá la respuesta.' },
  'too-large': { status: 413, title: 'Payload too large', detail: 'El pedido es demasiado grande.' },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type', detail: 'El formato del pedido no se acepta: mandalo en JSON.' },
  'rule-broken': { status: 422, title: 'Unprocessable', detail: 'Eso no se puede hacer.' },
  'notice-settled': { status: 409, title: 'Notice settled', detail: 'Ese aviso ya está en camino o terminó.' },
  'notice-sent': { status: 409, title: 'Notice sent', detail: 'Ese aviso ya salió: mandarlo de nuevo lo repetiría.' },
  'password-wrong': { status: 422, title: 'Wrong password', detail: 'La contraseña actual no es esa.' },
  'password-too-short': { status: 422, title: 'Password too short', detail: 'La contraseña necesita al menos 10 caracteres.' },
  'password-too-long': { status: 422, title: 'Password too long', detail: 'La contraseña es demasiado larga.' },
  'password-is-login': { status: 422, title: 'Password is the login', detail: 'La contraseña no puede ser el nombre de usuario.' },
  'password-unchanged': { status: 422, title: 'Password unchanged', detail: 'La contraseña nueva tiene que ser distinta de la anterior.' },
  'department-unknown': { status: 422, title: 'Department unknown', detail: 'Ese departamento no existe.' },
  'idempotency-key-reused': { status: 422, title: 'Idempotency key reused', detail: 'Esa clave ya se usó para otro pedido.' },
  'time-zone-unknown': { status: 422, title: 'Time zone unknown', detail: 'Esa zona horaria no existe.' },
  'hours-time-wrong': { status: 422, title: 'No such time', detail: 'Hay una hora que no existe.' },
  'hours-span-empty': { status: 422, title: 'Empty span', detail: 'Un horario empieza y termina a la misma hora.' },
  'hours-span-backwards': { status: 422, title: 'Ends before it begins', detail: 'Un horario termina antes de empezar.' },
  'hours-overlap': { status: 422, title: 'Spans overlap', detail: 'Dos horarios se superponen.' },
  'hours-date-wrong': { status: 422, title: 'No such date', detail: 'Hay una fecha que no existe.' },
  'hours-date-twice': { status: 422, title: 'Date twice', detail: 'Una fecha está dos veces.' },
  'image-refused': { status: 422, title: 'Image refused', detail: 'No pudimos leer esa imagen.' },
  'status-empty': { status: 422, title: 'Status empty', detail: 'Escribí el texto del estado.' },
  'status-too-long': { status: 422, title: 'Status too long', detail: 'El texto puede tener hasta 700 caracteres.' },
  'status-time-past': { status: 422, title: 'Time past', detail: 'Esa hora ya pasó: elegí una que venga.' },
  'status-time-none': { status: 422, title: 'No such time', detail: 'Esa fecha u hora no existe.' },
  'channel-unknown': { status: 422, title: 'Number unknown', detail: 'Ese número no existe.' },
  'phone-missing': { status: 400, title: 'Number missing', detail: 'Falta el número: mandalo como to, destinatario, numero, number, phone, celular o telefono.' },
  'message-missing': { status: 400, title: 'Message missing', detail: 'Falta el mensaje: mandalo como message, mensaje, text, texto, msg o body.' },
  'placeholder': { status: 422, title: 'Placeholder', detail: 'Llegó la plantilla sin completar, como {destinatario}. En MikroWisp va con llaves simples: to={destinatario}&message={mensaje}.' },
  'phone-refused': { status: 422, title: 'Number refused', detail: 'Ese número no existe.' },
  'message-too-long': { status: 422, title: 'Message too long', detail: 'El mensaje puede tener hasta 4096 caracteres.' },
  'url-refused': { status: 422, title: 'Address refused', detail: 'Esa dirección no se puede usar: tiene que ser http o https y estar en Internet.' },
  'file-refused': { status: 422, title: 'File refused', detail: 'Ese archivo no se puede mandar.' },
  'group-unknown': { status: 422, title: 'Group unknown', detail: 'Ese número no está en ese grupo.' },
  'upload-unknown': { status: 422, title: 'Upload unknown', detail: 'Ese archivo no se subió, o fue hace más de un día. Adjuntalo de nuevo.' },
  'message-unknown': { status: 422, title: 'Message unknown', detail: 'Ese mensaje no está en esta conversación.' },
  'customer-not-theirs': { status: 422, title: 'Customer of another number', detail: 'Ese cliente no tiene el número de este chat.' },
  'invoice-unknown': { status: 422, title: 'Invoice unknown', detail: 'El sistema de gestión no tiene esa factura entre las de ese cliente.' },
  'link-off': { status: 422, title: 'No payment platform', detail: 'No hay una plataforma de pago conectada, o está oculta para los clientes. La conecta quien administra, en Plataformas de pago.' },
  'link-currency': { status: 422, title: 'Another currency', detail: 'La cuenta de la plataforma de pago no cobra en la moneda de esa factura.' },
  'link-paid': { status: 409, title: 'Invoice paid already', detail: 'Esa factura ya está paga, o su pago se está registrando: no se mandó nada.' },
  'link-in-review': { status: 409, title: 'Receipt in review', detail: 'Hay un comprobante que puede ser de esa factura y todavía se está revisando: no se mandó nada.' },
  'link-amount-changed': { status: 409, title: 'Amount changed', detail: 'De esa factura ahora se debe otro monto: no se mandó nada. Volvé a mirarla y probá de nuevo.' },
  'invoice-without-document': { status: 422, title: 'Invoice without document', detail: 'El sistema de gestión no tiene el archivo de esa factura.' },
  'image-unknown': { status: 422, title: 'Image unknown', detail: 'Esa imagen no se subió. Elegila de nuevo.' },
  'target-unknown': { status: 422, title: 'Target unknown', detail: 'Esa persona o ese departamento no existe, o no puede atender tickets.' },
  'description-invalid': { status: 422, title: 'Description invalid', detail: 'A la descripción del sistema le falta algo. Revisá lo que está marcado.' },
  'secret-elsewhere': { status: 422, title: 'Secret of another address', detail: 'La clave guardada es de otra dirección. Escribila de nuevo para probar con esta.' },
  'integration-settings': { status: 422, title: 'Settings not valid', detail: 'Faltan datos de la conexión, o hay alguno que no es válido.' },
  'integration-missing': { status: 422, title: 'Nothing set up', detail: 'Antes guardá los datos de conexión de ese sistema.' },
  'account-invalid': { status: 422, title: 'Account not valid', detail: 'Hay un dato de la cuenta que no puede ser: revisá los dígitos, el alias y el documento.' },
  'platform-missing': { status: 422, title: 'No access token', detail: 'Falta el access token de MercadoPago.' },
  'platform-refused': { status: 422, title: 'Access token refused', detail: 'MercadoPago no acepta ese access token, o la cuenta es de un país donde no se pueden crear enlaces.' },
  'signature-wrong': { status: 401, title: 'Signature wrong', detail: 'La firma no es la de esta empresa.' },
  'upgrade-required': { status: 426, title: 'Upgrade required', detail: 'Acá solo se atiende por WebSocket.' },
  'too-many-attempts': { status: 429, title: 'Too many attempts', detail: 'Fueron demasiados intentos. Esperá un momento antes de probar de nuevo.' },
  'too-many-requests': { status: 429, title: 'Too many requests', detail: 'Son demasiados pedidos seguidos. Esperá un momento.' },
  'customer-cancelled': { status: 409, title: 'Customer cancelled', detail: 'Ese cliente está dado de baja.' },
  'customer-number-taken': { status: 409, title: 'Customer number taken', detail: 'Ya hay un cliente con ese número.' },
  'document-taken': { status: 409, title: 'Document taken', detail: 'Ya hay un cliente con ese documento.' },
  'service-cancelled': { status: 409, title: 'Service cancelled', detail: 'Ese servicio está dado de baja.' },
  'service-number-taken': { status: 409, title: 'Service number taken', detail: 'Ya hay un servicio con ese número.' },
  'plan-name-taken': { status: 409, title: 'Plan name taken', detail: 'Ya hay un plan con ese nombre.' },
  'invoice-paid': { status: 409, title: 'Invoice paid', detail: 'Esa factura tiene pagos. Anulá primero esos pagos.' },
  'invoice-cancelled': { status: 409, title: 'Invoice cancelled', detail: 'Esa factura está anulada.' },
  'payment-reversed': { status: 409, title: 'Payment reversed', detail: 'Ese pago está anulado.' },
  'reference-taken': { status: 409, title: 'Reference taken', detail: 'Esa referencia ya es de otro pago.' },
  'invoicing-changed': { status: 409, title: 'Invoicing changed', detail: 'Algo cambió desde que miraste la vista previa. Volvé a mirarla antes de confirmar.' },
  'invoicing-nothing': { status: 409, title: 'Nothing to invoice', detail: 'No queda nada por facturar de ese mes.' },
  'run-undone': { status: 409, title: 'Run undone', detail: 'Esa facturación ya se deshizo.' },
  'run-paid': { status: 409, title: 'Run paid', detail: 'Ya se pagó algo de esa facturación: no se puede deshacer.' },
  'import-done': { status: 409, title: 'Import done', detail: 'Esa importación ya se hizo.' },
  'import-undone': { status: 409, title: 'Import undone', detail: 'Esa importación no está hecha, o ya se deshizo.' },
  'import-touched': { status: 409, title: 'Import touched', detail: 'Alguien cambió después lo que trajo esa importación: no se puede deshacer.' },
  'import-changed': { status: 409, title: 'Import changed', detail: 'Algo cambió desde que miraste la vista previa. Volvé a mirarla antes de confirmar.' },
  'statement-done': { status: 409, title: 'Statement imported', detail: 'Ese extracto ya se importó.' },
  'statement-changed': { status: 409, title: 'Statement changed', detail: 'Algo cambió desde que miraste la vista previa. Volvé a mirarla antes de confirmar.' },
  'statement-elsewhere': { status: 409, title: 'Imported elsewhere', detail: 'Ese mismo archivo ya se importó en otra cuenta. Deshacé primero aquella importación.' },
  'statement-undone': { status: 409, title: 'Statement undone', detail: 'Esa importación no está hecha, o ya se deshizo.' },
  'statement-used': { status: 409, title: 'Statement used', detail: 'Líneas de esta importación ya confirmaron pagos: no se puede deshacer.' },
  'statement-drafts': { status: 409, title: 'Too many drafts', detail: 'Hay demasiados extractos subidos sin confirmar. Confirmá alguno, o probá más tarde: los que nadie confirma se olvidan después de un día.' },
  'statement-empty': { status: 422, title: 'Nothing new', detail: 'No hay nada nuevo para importar en ese archivo.' },
  'statement-columns': { status: 422, title: 'Columns missing', detail: 'Indicá en qué columna está la fecha y en cuál el importe o el crédito.' },
  'currency-other': { status: 422, title: 'Other currency', detail: 'El pago es en otra moneda.' },
  'import-empty': { status: 422, title: 'Nothing to import', detail: 'En ese archivo no hay filas.' },
  'import-unreadable': { status: 422, title: 'File unreadable', detail: 'Ese archivo no se pudo leer: tiene que ser CSV o XLSX.' },
  'phone-unreadable': { status: 422, title: 'Phone unreadable', detail: 'Ese teléfono no se entiende.' },
  internal: { status: 500, title: 'Internal error', detail: 'Algo falló de nuestro lado. Si sigue, avisanos con el número de pedido.' },
  'gateway-stopped': { status: 503, title: 'Gateway stopped', detail: 'El bot está detenido: por ahora no se aceptan avisos. Probá más tarde.' },
  'engine-away': { status: 503, title: 'Workflow engine unavailable', detail: 'El motor de conversaciones no responde: no se hizo nada. Probá de nuevo en unos segundos.' },
  'engine-late': { status: 503, title: 'Workflow engine did not answer in time', detail: 'El motor de conversaciones no contestó a tiempo: puede que se haya hecho, o que se haga en un momento. Fijate cómo quedó antes de repetirlo.' },
  'files-away': { status: 503, title: 'Media store unavailable', detail: 'El lugar donde se guardan los archivos no responde. Probá de nuevo en unos segundos.' },
  'isp-away': { status: 503, title: 'ISP system unavailable', detail: 'El sistema de gestión no responde: no se mandó nada. Probá de nuevo en unos segundos.' },
  'platform-away': { status: 503, title: 'Payment platform unavailable', detail: 'MercadoPago no responde: no se guardó nada. Probá de nuevo en unos segundos.' },
  'database-away': { status: 503, title: 'Database unavailable', detail: 'La base de datos no responde. Probá de nuevo en unos segundos.' },
} as const satisfies Record<string, Kind>;
export type ProblemCode = keyof typeof kinds;

const rules: Record<DomainErrorCode, string> = {
  'flow-invalid': 'El flujo está incompleto o mal armado.',
  'flow-never-waits': 'El flujo da vueltas sin esperar nunca una respuesta.',
  'state-version-unknown': 'Los datos son de una versión más nueva del sistema.',
  'phone-invalid': 'Ese número de teléfono no existe en WhatsApp.',
  'conversation-unknown': 'Esa conversación no existe.',
  'ticket-unknown': 'Ese ticket no existe.',
  'person-unknown': 'Esa persona no existe o ya no trabaja acá.',
  'text-unknown': 'Ese texto no llegó a guardarse. Mandalo de nuevo.',
  'status-unknown': 'Ese estado no existe.',
  'notice-unknown': 'Ese aviso no existe.',
  'receipt-unknown': 'Ese comprobante no existe.',
  'settlement-unknown': 'Ese pago no existe.',
};

/** What an answer says besides its kind. */
export interface ProblemDetails {
  /** Instead of the kind's own words: in Spanish, for people. */
  detail?: string;
  headers?: Readonly<Record<string, string>>;
  /** Who has it: the interface says "Lo tomó Carla". */
  owner?: { id: string; name: string };
  /** Names of the fields that are wrong. */
  fields?: readonly string[];
}

/** A problem that a handler answers with on purpose. */
export class ProblemException extends Error {
  override readonly name = 'ProblemException';

  constructor(
    readonly code: ProblemCode,
    readonly details: ProblemDetails = {},
  ) {
    super(code);
  }
}

const codeByStatus = new Map<number, ProblemCode>([
  [400, 'bad-request'], [401, 'not-signed-in'], [403, 'forbidden'], [404, 'not-found'], [405, 'method-not-allowed'], [409, 'conflict'], [413, 'too-large'],
  [415, 'unsupported-media-type'], [429, 'too-many-requests'],
]);

/** Status of what Nest and Fastify throw, each in its own way. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error !== 'object' || error === null) return undefined;
  return 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

function codeOf(error: unknown): ProblemCode {
  if (error instanceof ProblemException) return error.code;
  if (isDatabaseAway(error)) return 'database-away';
  const status = statusOf(error) ?? 500;
  return codeByStatus.get(status) ?? (status >= 400 && status < 500 ? 'bad-request' : 'internal');
}

/** What a client is told of an error. Nothing of an unknown one: no message, no stack. */
export function problemOf(error: unknown, requestId: string): Problem {
  const broken = error instanceof DomainError ? error : undefined;
  const kind: Kind = kinds[broken ? 'rule-broken' : codeOf(error)];
  const code = broken?.code ?? codeOf(error);
  const { status, title } = kind;
  const said = error instanceof ProblemException ? error.details : {};
  const detail = broken ? rules[broken.code] : (said.detail ?? kind.detail);
  return { type: `urn:hilo:problem:${code}`, title, status, detail, code, requestId, ...(said.owner ? { owner: said.owner } : {}), ...(said.fields ? { fields: [...said.fields] } : {}) };
}
