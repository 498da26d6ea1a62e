/** The login's words in Spanish; en.ts has the same keys. */
export const es = {
  'title': 'Entrar',
  'enter': 'Entrá a {company}',
  'about': 'Panel de atención y OmniChat',
  'login': 'Usuario',
  'login.missing': 'Escribí tu usuario.',
  'password': 'Contraseña',
  'password.missing': 'Escribí tu contraseña.',
  'remember': 'Mantener sesión iniciada (30 días)',
  'submit': 'Entrar',
  'submitting': 'Entrando…',
  'forgotten': '¿La olvidaste? Pedile a un administrador que te ponga una nueva.',
  'failed': 'No pudimos entrar.',
  'failed.why': 'El usuario o la contraseña no coinciden.',
  'wait': 'Fueron muchos intentos.',
  'wait.why': 'Podés probar de nuevo en {left}.',
  'new': 'Elegí tu contraseña',
  'new.about': 'La que tenés es provisoria. Con la nueva vas a entrar de ahora en más; nadie más la ve.',
  'new.current': 'Contraseña provisoria',
  'new.next': 'Contraseña nueva',
  'new.help': 'Al menos 10 caracteres. Una frase corta es fácil de recordar.',
  'new.tooShort': 'Le faltan caracteres: necesita al menos 10.',
  'new.submit': 'Guardar y entrar',
  'new.out': 'Entrar con otro usuario',
  'art': 'Cada conversación sigue su hilo hasta el final.',
};

export type TextKey = keyof typeof es;
