import { expect, test } from 'vitest';
import type { User } from '../../shared/api/people-api';
import { filtered, matching } from './matching';

const user = (login: string, name: string, active = true): User => ({
  id: login, login, name, active, role: 'operator', departments: [], mustChangePassword: false, createdAt: '2026-11-19T12:00:00Z',
});
const users = [user('carla.benitez', 'Carla Benítez'), user('msosa', 'Martín Sosa'), user('vieja', 'Ana Vieja', false)];
const logins = (found: readonly User[]): string[] => found.map(({ login }) => login);

test('finds people by name without the accent, and by login', () => {
  expect(logins(matching(users, 'BENITEZ'))).toEqual(['carla.benitez']);
  expect(logins(matching(users, 'msos'))).toEqual(['msosa']);
  expect(logins(matching(users, ' '))).toHaveLength(3);
});

test('shows all, those who may come in, or those who may not', () => {
  expect(logins(filtered(users, ''))).toHaveLength(3);
  expect(logins(filtered(users, 'active'))).toEqual(['carla.benitez', 'msosa']);
  expect(logins(filtered(users, 'inactive'))).toEqual(['vieja']);
});
