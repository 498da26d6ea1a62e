import type { TextKey } from './es';

/** The login's words in English. */
export const en: Record<TextKey, string> = {
  'title': 'Log in',
  'enter': 'Log in to {company}',
  'about': 'Service panel and OmniChat',
  'login': 'User',
  'login.missing': 'Enter your user name.',
  'password': 'Password',
  'password.missing': 'Enter your password.',
  'remember': 'Stay logged in (30 days)',
  'submit': 'Log in',
  'submitting': 'Logging in…',
  'forgotten': 'Forgotten? Ask an administrator to give you a new one.',
  'failed': 'We could not log you in.',
  'failed.why': 'The user or the password does not match.',
  'wait': 'That was a lot of tries.',
  'wait.why': 'You can try again in {left}.',
  'new': 'Choose your password',
  'new.about': 'The one you have is temporary. From now on you log in with the new one; nobody else sees it.',
  'new.current': 'Temporary password',
  'new.next': 'New password',
  'new.help': 'At least 10 characters. A short sentence is easy to remember.',
  'new.tooShort': 'Too short: it needs at least 10 characters.',
  'new.submit': 'Save and log in',
  'new.out': 'Log in as somebody else',
  'art': 'Every conversation follows its thread to the end.',
};
