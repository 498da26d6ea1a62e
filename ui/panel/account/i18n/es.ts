/** The words of one's own account in Spanish; en.ts has the same keys. */
export const es = {
  'title': 'Tu cuenta',
  'password': 'Contraseña',
  'password.about': 'Al cambiarla se cierran tus sesiones en los otros dispositivos.',
  'password.current': 'Contraseña actual',
  'password.next': 'Contraseña nueva',
  'password.next.help': 'Al menos 10 caracteres. Una frase corta es fácil de recordar.',
  'password.missing': 'Escribila.',
  'password.tooShort': 'Le faltan caracteres: necesita al menos 10.',
  'password.save': 'Cambiar contraseña',
  'password.saved': 'Contraseña cambiada.',
  'sessions': 'Dónde entraste',
  'sessions.about': 'Si no reconocés alguna, cerrala y cambiá la contraseña.',
  'sessions.this': 'Este dispositivo',
  'sessions.seen': 'Activa {ago}',
  'sessions.since': 'Desde el {day}',
  'sessions.remembered': 'se mantiene 30 días',
  'sessions.end': 'Cerrar sesión',
  'sessions.end.of': 'Cerrar la sesión de {device}',
  'sessions.ended': 'Sesión cerrada.',
  'device.on': '{browser} en {system}',
  'device.unknown': 'Otro programa',
};

export type TextKey = keyof typeof es;
