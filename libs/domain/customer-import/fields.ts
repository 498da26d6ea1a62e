/** What a column of somebody's list of customers may hold. */
export const importFields = [
  'number', 'document', 'name', 'lastName', 'phone', 'phone2', 'email', 'address', 'postalCode', 'taxCondition', 'notes', 'latitude', 'longitude',
  'plan', 'price', 'downMbps', 'upMbps', 'serviceNumber', 'serviceAddress', 'serviceStatus', 'installedOn', 'ip', 'onuSerial', 'balance', 'balanceDueOn',
] as const;
export type ImportField = (typeof importFields)[number];

/** Column of each field, counted from 0; what is absent is in no column. */
export type ColumnMapping = Partial<Record<ImportField, number>>;

/** As headers say it, in Spanish and English: without accents, capitals, spaces and signs. The first that a header is or begins with counts. */
const synonyms: Record<ImportField, readonly string[]> = {
  number: ['numerodecliente', 'ncliente', 'nrocliente', 'nrodecliente', 'codigo', 'codigocliente', 'idcliente', 'customernumber', 'customerid', 'cliente#', 'numero', 'nro', 'id'],
  document: ['documento', 'dni', 'cuit', 'cuil', 'rut', 'ruc', 'cedula', 'nit', 'curp', 'rfc', 'cpf', 'document', 'taxid', 'identificacion'],
  name: ['nombreyapellido', 'apellidoynombre', 'nombrecompleto', 'razonsocial', 'nombre', 'cliente', 'fullname', 'customername', 'customer', 'name', 'titular'],
  lastName: ['apellido', 'apellidos', 'lastname', 'surname'],
  phone: ['telefono', 'celular', 'movil', 'whatsapp', 'tel', 'phone', 'mobile', 'telefono1', 'phone1'],
  phone2: ['telefono2', 'otrotelefono', 'celular2', 'telefonoalternativo', 'telefonofijo', 'phone2', 'fijo'],
  email: ['email', 'correo', 'correoelectronico', 'mail'],
  address: ['direccion', 'domicilio', 'calle', 'address', 'street'],
  postalCode: ['codigopostal', 'cp', 'postalcode', 'zip', 'zipcode'],
  taxCondition: ['condicioniva', 'condicionfiscal', 'condicionfrentealiva', 'iva', 'taxcondition'],
  notes: ['notas', 'observaciones', 'comentarios', 'notes', 'comments', 'observacion'],
  latitude: ['latitud', 'lat', 'latitude'],
  longitude: ['longitud', 'lng', 'lon', 'long', 'longitude'],
  plan: ['plan', 'producto', 'abono', 'paquete', 'servicio', 'product', 'package', 'perfil'],
  price: ['precio', 'importe', 'valor', 'tarifa', 'costo', 'price', 'amount', 'mensualidad', 'precioplan'],
  downMbps: ['bajada', 'descarga', 'velocidadbajada', 'download', 'velocidad', 'megas', 'mbps'],
  upMbps: ['subida', 'velocidadsubida', 'upload'],
  serviceNumber: ['numerodeservicio', 'nroservicio', 'nservicio', 'nrodeservicio', 'contrato', 'numerodecontrato', 'servicenumber', 'serviceid', 'idservicio', 'idcontrato'],
  serviceAddress: ['direcciondelservicio', 'direccionservicio', 'domiciliodelservicio', 'direcciondeinstalacion', 'serviceaddress', 'installationaddress'],
  serviceStatus: ['estado', 'estadodelservicio', 'estadoservicio', 'status', 'situacion'],
  installedOn: ['fechadeinstalacion', 'fechainstalacion', 'instalado', 'alta', 'fechadealta', 'fechaalta', 'installedon', 'installdate', 'startdate'],
  ip: ['ip', 'direccionip', 'ipaddress'],
  onuSerial: ['onu', 'serial', 'serialonu', 'snonu', 'onusn', 'numerodeserie', 'serie', 'sn', 'onuserial'],
  balance: ['saldo', 'deuda', 'saldoactual', 'adeudado', 'balance', 'debt'],
  balanceDueOn: ['vencimiento', 'fechadevencimiento', 'vence', 'vencimientodeuda', 'duedate', 'due'],
};

/** "Dirección del servicio" → "direcciondelservicio" */
export const bareHeader = (header: string): string =>
  header.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/n[°º]/gu, 'n').replace(/[^\p{L}\p{N}#]/gu, '');

/** Which column is likely to hold what: each column one field at most, each field its likeliest column. */
export function guessMapping(headers: readonly string[]): ColumnMapping {
  const bare = headers.map(bareHeader);
  const scores = importFields.flatMap((field) => bare.flatMap((header, column) => {
    const at = synonyms[field].indexOf(header);
    // Of several fields or columns, the one whose own first word it is.
    return at < 0 ? [] : [{ field, column, score: at }];
  }));
  const mapping: ColumnMapping = {};
  const taken = new Set<number>();
  for (const { field, column } of scores.sort((one, other) => one.score - other.score || one.column - other.column)) {
    if (mapping[field] !== undefined || taken.has(column)) continue;
    mapping[field] = column;
    taken.add(column);
  }
  return mapping;
}
