/** Shorter passwords are guessed; longer ones than this only cost work. */
export const PASSWORD_MIN_LENGTH = 10;
export const PASSWORD_MAX_LENGTH = 200;

/** Why a password is refused. */
export const passwordFaults = ['password-too-short', 'password-too-long', 'password-is-login', 'password-unchanged'] as const;
export type PasswordFault = (typeof passwordFaults)[number];

export interface NewPassword {
  next: string;
  /** The one that it replaces, as it was just typed. */
  current: string;
  login: string;
}

/** The first rule that a new password breaks, or undefined when it will do. Length counts what people see as characters. */
export function passwordFault({ next, current, login }: NewPassword): PasswordFault | undefined {
  const length = [...next].length;
  if (length < PASSWORD_MIN_LENGTH) return 'password-too-short';
  if (length > PASSWORD_MAX_LENGTH) return 'password-too-long';
  if (next.trim().toLowerCase() === login.toLowerCase()) return 'password-is-login';
  return next === current ? 'password-unchanged' : undefined;
}
