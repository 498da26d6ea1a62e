import type { systemFieldsEs } from './system-fields.es';

/** The same in English. */
export const systemFieldsEn: Record<keyof typeof systemFieldsEs, string> = {
  'integrations.field.url': 'Server URL',
  'integrations.field.url.help': 'The address with which you open the system in a browser, with https://. Without what follows the domain.',

  'integrations.field.ispcube.user': 'User',
  'integrations.field.ispcube.user.help': 'The API user of ISPCube. Better one for Hilo alone: its permissions decide what can be asked. It is made in ISPCube under Usuarios.',
  'integrations.field.ispcube.password': 'Password',
  'integrations.field.ispcube.password.help': 'The password of that user. In older installations, the api-token.',
  'integrations.field.ispcube.apiKey': 'API key',
  'integrations.field.ispcube.apiKey.help': 'ISPCube wants it with every call, besides the user. ISPCube’s support gives it out together with the client-id: ask for “acceso a la API”.',
  'integrations.field.ispcube.clientId': 'Client ID',
  'integrations.field.ispcube.clientId.help': 'The number of your company in ISPCube. It comes with the API key; without it every call is answered “client-id requerido”.',
  'integrations.field.ispcube.login': 'Way to sign in',
  'integrations.field.ispcube.login.help': 'Keep “User and password”, unless your installation is older and has api-key and api-token only: then customers can be identified and balances asked, nothing else.',
  'integrations.field.ispcube.login.token': 'User and password',
  'integrations.field.ispcube.login.legacy': 'API key and api-token (older installations)',
  'integrations.field.ispcube.entity': 'Collecting entity',
  'integrations.field.ispcube.entity.help': 'Where payments are booked when the method has no entity of its name. The name as it stands in Caja › Entidades.',
  'integrations.field.ispcube.ticketCategory': 'Category of tickets',
  'integrations.field.ispcube.ticketCategory.help': 'With which category tickets are opened when the subject has none of its name. Left empty, the first of ISPCube is taken.',
  'integrations.field.ispcube.ticketUser': 'User who gets tickets',
  'integrations.field.ispcube.ticketUser.help': 'The number (ID) of the ISPCube user who gets tickets. Left empty, ISPCube decides.',

  'integrations.field.wisphub.url': 'API server',
  'integrations.field.wisphub.url.help': 'Leave it empty: “Test connection” finds out on which of WispHub’s servers your account is, and fills it in.',
  'integrations.field.wisphub.apiKey': 'API key',
  'integrations.field.wisphub.apiKey.help': 'In WispHub: Mi Empresa › Staff › choose a user › Generar API Key. Better a user for Hilo alone.',
  'integrations.field.wisphub.paymentForm': 'Form of payment',
  'integrations.field.wisphub.paymentForm.help': 'With which form payments are registered when the method has none of its name. The name as it stands in Finanzas › Formas de pago.',
  'integrations.field.wisphub.paymentUser': 'User who registers payments',
  'integrations.field.wisphub.paymentUser.help': 'The WispHub user name in whose name payments stand. Left empty, it is the owner of the API key.',
  'integrations.field.wisphub.technician': 'Technician of tickets',
  'integrations.field.wisphub.technician.help': 'The number (ID) of the technician who gets tickets. Some accounts of WispHub take no ticket without one.',
  'integrations.field.wisphub.otherSubject': 'Subject for everything else',
  'integrations.field.wisphub.otherSubject.help': 'WispHub takes subjects of its list only. This one is used when none fits; it has to be in the list of your account.',
};
