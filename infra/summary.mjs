/** @typedef {import('./settings.mjs').Settings} Settings */

/**
 * What to open and what to try, once everything runs.
 * @param {Settings} settings
 */
export function summary(settings) {
  const api = `http://127.0.0.1:${settings.port}`;
  const simulated = settings.whatsapp === 'simulator';
  const lines = [
    ['Panel', `${api}/`],
    ['API', `${api}/health · ${api}/api/openapi.json`],
    ...(simulated ? [['Teléfono simulado', `http://127.0.0.1:${settings.simulatorPort}/`]] : []),
    ...(settings.temporalAddress ? [] : [['Temporal', `http://127.0.0.1:${settings.temporalUiPort}/`]]),
    ['Datos', settings.dataDir],
  ];
  const addresses = lines.map(([name, value]) => `  ${`${name}`.padEnd(18)} ${value}`).join('\n');
  return `\nHilo está en marcha.\n\n${addresses}\n\n${whatToTry(simulated)}\nCtrl-C detiene todo; al volver a arrancar sigue donde quedó.\n\n`;
}

/** @param {boolean} simulated */
function whatToTry(simulated) {
  if (!simulated) return 'Qué hacer: «npm run hilo -- company create <empresa> …» crea tu empresa y «npm run hilo -- link <empresa>» vincula su número con un QR.\n';
  return [
    'Quién entra al panel: admin/admin (al entrar cambia la contraseña) · sofia (supervisora), carla y diego (operan): hilo-demo-2026',
    '',
    'Qué probar:',
    '  1. Abrí el teléfono simulado, elegí un cliente y escribí «hola»: el bot lo reconoce y responde.',
    '  2. Elegí «Mi saldo y vencimiento» con su número; con «0» volvés atrás y con «menú» al principio.',
    '  3. Creá una persona nueva y escribí: el bot pregunta si ya es cliente.',
    '  4. Matá un proceso (kill -9 $(cat <datos>/run/worker.pid)) en medio de una charla: nada se pierde.',
    '',
  ].join('\n');
}
