/**
 * What is asked for to reach an ISP's system, and where to find it: the words behind `label` and `help` of the settings' schemas
 * (`libs/crm/<system>/settings.ts`). system-fields.en.ts has the same keys.
 */
export const systemFieldsEs = {
  'integrations.field.url': 'URL del servidor',
  'integrations.field.url.help': 'La dirección con la que entrás al sistema desde el navegador, con https://. Sin lo que sigue después del dominio.',

  'integrations.field.token': 'Token de la API',
  'integrations.field.token.help': 'En MikroWisp: Ajustes › Usuarios administradores › elegí un usuario › API. Conviene un usuario solo para Hilo.',
  'integrations.field.mikrowisp.ticketDepartment': 'Departamento de los tickets',
  'integrations.field.mikrowisp.ticketDepartment.help': 'El número del departamento de MikroWisp que recibe los tickets; 1 es Soporte técnico.',
  'integrations.field.mikrowisp.invoiceUrl': 'Dirección del PDF de las facturas',
  'integrations.field.mikrowisp.invoiceUrl.help': 'Solo si la API de tu MikroWisp no la informa: la dirección de una factura, con {idfactura} donde va su número. Sin ella no se envía el PDF de MikroWisp.',

  'integrations.field.ispcube.user': 'Usuario',
  'integrations.field.ispcube.user.help': 'El usuario de API de ISPCube. Conviene uno solo para Hilo: sus permisos deciden qué se puede consultar. Se crea en ISPCube, en Usuarios.',
  'integrations.field.ispcube.password': 'Contraseña',
  'integrations.field.ispcube.password.help': 'La contraseña de ese usuario. En instalaciones anteriores, el api-token.',
  'integrations.field.ispcube.apiKey': 'API key',
  'integrations.field.ispcube.apiKey.help': 'ISPCube la exige en cada consulta, además del usuario. La entrega el soporte de ISPCube junto con el client-id: pedí «acceso a la API».',
  'integrations.field.ispcube.clientId': 'Client ID',
  'integrations.field.ispcube.clientId.help': 'El número de tu empresa en ISPCube. Llega junto con la API key; sin él, cada consulta vuelve con «client-id requerido».',
  'integrations.field.ispcube.login': 'Forma de ingreso',
  'integrations.field.ispcube.login.help': 'Dejá «Usuario y contraseña», salvo que tu instalación sea anterior y solo tenga api-key y api-token: en ese caso se puede identificar clientes y consultar saldos, y nada más.',
  'integrations.field.ispcube.login.token': 'Usuario y contraseña',
  'integrations.field.ispcube.login.legacy': 'API key y api-token (instalaciones anteriores)',
  'integrations.field.ispcube.entity': 'Entidad de cobranza',
  'integrations.field.ispcube.entity.help': 'A qué entidad se imputan los pagos cuando el medio de pago no se llama igual que una. El nombre tal como figura en Caja › Entidades.',
  'integrations.field.ispcube.ticketCategory': 'Categoría de tickets',
  'integrations.field.ispcube.ticketCategory.help': 'Con qué categoría se abren los tickets cuando el tema no se llama igual que una. Si queda vacía se usa la primera de ISPCube.',
  'integrations.field.ispcube.ticketUser': 'Usuario asignado a los tickets',
  'integrations.field.ispcube.ticketUser.help': 'El número (ID) del usuario de ISPCube que recibe los tickets. Si queda vacío, ISPCube decide.',

  'integrations.field.wisphub.url': 'Servidor de la API',
  'integrations.field.wisphub.url.help': 'Dejalo vacío: «Probar conexión» encuentra en cuál de los servidores de WispHub está tu cuenta y lo completa.',
  'integrations.field.wisphub.apiKey': 'API key',
  'integrations.field.wisphub.apiKey.help': 'En WispHub: Mi Empresa › Staff › elegí un usuario › Generar API Key. Conviene un usuario solo para Hilo.',
  'integrations.field.wisphub.paymentForm': 'Forma de pago',
  'integrations.field.wisphub.paymentForm.help': 'Con qué forma de pago se registran los pagos cuando el medio no se llama igual que una. El nombre tal como figura en Finanzas › Formas de pago.',
  'integrations.field.wisphub.paymentUser': 'Usuario que registra los pagos',
  'integrations.field.wisphub.paymentUser.help': 'El nombre de usuario de WispHub a cuyo nombre quedan los pagos. Si queda vacío, es el dueño de la API key.',
  'integrations.field.wisphub.technician': 'Técnico de los tickets',
  'integrations.field.wisphub.technician.help': 'El número (ID) del técnico que recibe los tickets. Algunas cuentas de WispHub no aceptan tickets sin técnico.',
  'integrations.field.wisphub.otherSubject': 'Asunto para otros temas',
  'integrations.field.wisphub.otherSubject.help': 'WispHub solo acepta asuntos de su lista. Este se usa cuando el tema no coincide con ninguno; tiene que figurar en la lista de tu cuenta.',
} as const;
