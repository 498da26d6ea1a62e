import { describe, expect, it } from 'vitest';
import { passwordFault } from './password.js';

const fault = (next: string) => passwordFault({ next, current: 'la-de-antes', login: 'carla.benitez' });

describe('a new password', () => {
  it('is at least ten characters long, as people count them', () => {
    expect(fault('nueve9999')).toBe('password-too-short');
    expect(fault('👩‍🌾')).toBe('password-too-short');
    expect(fault('diez101010')).toBeUndefined();
    expect(fault('x'.repeat(201))).toBe('password-too-long');
  });

  it('is not the login, however written', () => {
    expect(fault(' Carla.Benitez')).toBe('password-is-login');
  });

  it('is not the one before', () => {
    expect(fault('la-de-antes')).toBe('password-unchanged');
    expect(fault('la-de-despues')).toBeUndefined();
  });
});
