import { expect, test } from 'vitest';
import { isShortened, readPlace } from './read-place';

test.each<[string, number, number, string?]>([
  ['-31.7333, -60.5238', -31.7333, -60.5238],
  ['-31.7333 -60.5238', -31.7333, -60.5238],
  ['-31,7333; -60,5238', -31.7333, -60.5238],
  ['-31,7333 -60,5238', -31.7333, -60.5238],
  ['  geo:-31.7333,-60.5238;u=35 ', -31.7333, -60.5238],
  ['https://www.google.com/maps/@-31.7333,-60.5238,15z', -31.7333, -60.5238],
  ['https://maps.google.com/?q=-31.7333,-60.5238', -31.7333, -60.5238],
  ['https://www.google.com/maps/search/?api=1&query=-31.7333%2C-60.5238', -31.7333, -60.5238],
  ['https://www.google.com/maps/search/-31.7333,+-60.5238?entry=tts', -31.7333, -60.5238],
  ['https://www.google.com/maps/place/Plaza+1%C2%BA+de+Mayo/@-31.70,-60.50,17z/data=!3m1!4b1!4m6!3m5!8m2!3d-31.7333!4d-60.5238', -31.7333, -60.5238, 'Plaza 1º de Mayo'],
  ['https://maps.apple.com/?ll=-31.7333,-60.5238&q=Casa', -31.7333, -60.5238],
  ['https://www.openstreetmap.org/?mlat=-31.7333&mlon=-60.5238#map=17/-31.7/-60.5', -31.7333, -60.5238],
  ['https://www.openstreetmap.org/#map=15/-31.7333/-60.5238', -31.7333, -60.5238],
])('%s', (written, latitude, longitude, name?) => {
  expect(readPlace(written)).toEqual({ latitude, longitude, ...(name ? { name } : {}) });
});

test.each([[''], ['San Martín 450'], ['-91, 10'], ['10, 181'], ['5493434000401'], ['https://maps.app.goo.gl/AbC123'], ['https://hilo.example/?q=hola']])('no place: %s', (written) => {
  expect(readPlace(written)).toBeUndefined();
});

test('a shortened link is told apart', () => {
  expect(isShortened(' https://maps.app.goo.gl/AbC123 ')).toBe(true);
  expect(isShortened('https://www.google.com/maps')).toBe(false);
});
