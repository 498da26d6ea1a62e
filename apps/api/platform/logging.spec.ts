import { describe, expect, it } from 'vitest';
import { logging } from './logging.js';

const { serializers } = logging('info').pinoHttp as { serializers: { req(request: object): unknown } };
const logged = (url: string) => serializers.req({ id: '1', method: 'POST', url, headers: { authorization: 'Bearer x' } });

describe('a line of the log', () => {
  it.each([
    ['/api/receipts?q=Ana%20G%C3%B3mez', '/api/receipts'],
    [`/hooks/mercadopago/litoral/${'d'.repeat(32)}?data.id=1&type=payment`, '/hooks/mercadopago/litoral/…'],
    [`/hooks/mercadopago/litoral/${'d'.repeat(32)}/`, '/hooks/mercadopago/litoral/…'],
    ['/hooks/mercadopago', '/hooks/mercadopago'],
  ])('says of %s only %s', (url, path) => expect(logged(url)).toEqual({ id: '1', method: 'POST', path }));
});
