/** The demo company's fixed names: the launcher, the stories and the phone in the browser rely on them. */
export const DEMO_COMPANY = 'demo';
export const DEMO_COMPANY_NAME = 'Litoral Fibra';
export const DEMO_HOST = 'demo.localhost';
export const DEMO_CHANNEL = '6f0c7f0e-6f59-4d1c-9a53-2f5a1d0b6a01';
export const DEMO_CHANNEL_NAME = 'principal';
/** E.164 digits: a mobile of Rosario, in the range that nobody has. */
export const DEMO_NUMBER = '5493415550100';
/** The account of the simulated MercadoPago, as libs/simulator/mercadopago has it: nobody's. */
export const DEMO_MERCADOPAGO = {
  accessToken: 'APP_USR-simulado-3f1c', secret: 'secreto-de-webhooks-simulado', account: '458901234', accountName: 'LITORALFIBRA', currency: 'ARS',
} as const;
