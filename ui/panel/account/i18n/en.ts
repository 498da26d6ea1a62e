import type { TextKey } from './es';

/** The words of one's own account in English. */
export const en: Record<TextKey, string> = {
  'title': 'Your account',
  'password': 'Password',
  'password.about': 'Changing it ends your sessions on other devices.',
  'password.current': 'Current password',
  'password.next': 'New password',
  'password.next.help': 'At least 10 characters. A short sentence is easy to remember.',
  'password.missing': 'Enter it.',
  'password.tooShort': 'Too short: it needs at least 10 characters.',
  'password.save': 'Change password',
  'password.saved': 'Password changed.',
  'sessions': 'Where you are logged in',
  'sessions.about': 'If you do not recognise one, end it and change your password.',
  'sessions.this': 'This device',
  'sessions.seen': 'Active {ago}',
  'sessions.since': 'Since {day}',
  'sessions.remembered': 'stays for 30 days',
  'sessions.end': 'Log out',
  'sessions.end.of': 'Log out of {device}',
  'sessions.ended': 'Session ended.',
  'device.on': '{browser} on {system}',
  'device.unknown': 'Another program',
};
