/** What a caller may do wrong; `code` is stable, the message is for people. */
const CODES = {
  account_unknown: [404, 'No hay ninguna empresa con ese número.'],
  person_unknown: [404, 'No hay ninguna persona con ese número. Creala primero.'],
  group_unknown: [404, 'No hay ningún grupo con ese id.'],
  status_unknown: [404, 'Esa persona no ve ningún estado con ese id: no le llegó, venció o fue borrado.'],
  not_a_member: [409, 'Ese número no está en el grupo.'],
  group_without_business: [409, 'En ese grupo no hay ninguna empresa: nadie registraría el mensaje.'],
  message_unknown: [404, 'No hay ningún mensaje con ese id en esa conversación.'],
  message_not_own: [409, 'Solo quien escribió un mensaje puede editarlo o borrarlo para todos.'],
  not_editable: [409, 'Ese mensaje no tiene texto que editar.'],
  content_missing: [422, 'El mensaje no tiene contenido.'],
  media_unknown: [404, 'No hay ningún archivo con ese nombre.'],
  media_damaged: [409, 'Ese archivo no es el que dice su mensaje: ningún teléfono puede abrirlo.'],
  number_taken: [409, 'Ese número (o su LID) ya es de otra persona o empresa.'],
  qr_invalid: [422, 'Eso no es un código QR de WhatsApp para vincular un dispositivo.'],
  qr_unknown: [404, 'Ese QR ya no sirve: la conexión que lo mostró se cerró o ya se vinculó.'],
  code_unexpected: [409, 'Ningún dispositivo espera un código para ese número.'],
  code_wrong: [422, 'El código no es el que muestra el dispositivo.'],
  linking_failed: [409, 'El dispositivo no completó la vinculación.'],
} as const satisfies Record<string, readonly [status: number, detail: string]>;

export type SimulatorErrorCode = keyof typeof CODES;

/** A request that the network cannot fulfil. */
export class SimulatorError extends Error {
  override readonly name = 'SimulatorError';
  /** HTTP status that fits. */
  readonly status: number;

  constructor(readonly code: SimulatorErrorCode) {
    super(CODES[code][1]);
    this.status = CODES[code][0];
  }
}
