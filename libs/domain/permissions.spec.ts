import { describe, expect, it } from 'vitest';
import { can, permissions, permissionsOf } from './permissions.js';
import { roles } from './roles.js';

describe('permissions', () => {
  it('are all the administrator’s', () => {
    expect(permissionsOf('administrator')).toEqual([...permissions]);
  });

  it('leave supervisors without settings, people and the linking of numbers', () => {
    const refused = permissions.filter((permission) => !can('supervisor', permission));
    expect(refused).toEqual(['channels.link', 'company.manage', 'integrations.manage', 'gateway.manage', 'customers.manage', 'payments.manage', 'models.manage', 'audit.read', 'users.manage', 'departments.manage', 'payloads.read']);
  });

  it('give operators OmniChat and nothing else', () => {
    expect(permissionsOf('operator')).toEqual(['account.own', 'omnichat.use', 'colleagues.read', 'mode.read']);
  });

  it('give everybody their own account', () => {
    for (const role of roles) expect(can(role, 'account.own')).toBe(true);
  });
});
