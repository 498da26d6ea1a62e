import type { BookPlan } from '../../../domain/customer-book.js';
import { idOf } from './ids.js';

const catalogue: readonly [name: string, downMbps: number, upMbps: number, price: string, description: string][] = [
  ['Fibra 100', 100, 50, '21900.00', 'Para navegar, estudiar y mirar series en dos o tres dispositivos.'],
  ['Fibra 300', 300, 150, '27900.00', 'El preferido de las familias: todos conectados a la vez, sin esperar.'],
  ['Fibra 600', 600, 300, '35900.00', 'Para trabajar en casa, jugar en línea y mirar en 4K.'],
  ['Fibra 1000', 1000, 500, '48900.00', 'La máxima velocidad, con router wifi 6 incluido.'],
  ['Fibra Comercio', 300, 300, '39900.00', 'Simétrico, con IP fija y atención prioritaria para tu negocio.'],
];

export const demoPlans: readonly BookPlan[] = catalogue.map(([name, downMbps, upMbps, price, description], index) => ({
  id: idOf('plan', index + 1),
  name,
  downMbps,
  upMbps,
  price,
  currency: 'ARS',
  description,
}));
