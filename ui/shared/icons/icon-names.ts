/** The symbols of icons.svg; the spec beside keeps the two alike. */
export const iconNames = [
  'alert', 'arrow', 'arrowleft', 'battery', 'bell', 'book', 'bot', 'branch', 'calendar', 'call', 'camera', 'chats',
  'check', 'checks', 'clip', 'clock', 'copy', 'dash', 'dots', 'down', 'download', 'ext', 'eye', 'eyeoff', 'file',
  'filter', 'gauge', 'globe', 'grip', 'hand', 'headset', 'help', 'home', 'image', 'info', 'keyboard', 'layers',
  'left', 'link', 'lock', 'mail', 'megaphone', 'mic', 'minus', 'moon', 'neutral', 'note', 'panel', 'pause', 'pencil',
  'phone', 'pin', 'play', 'plug', 'plus', 'polygon', 'power', 'qr', 'receipt', 'refresh', 'reply', 'right', 'rotate',
  'router', 'sad', 'sales', 'search', 'send', 'settings', 'shuffle', 'signal', 'slash', 'smile', 'spark', 'star',
  'support', 'table', 'tag', 'target', 'tools', 'transfer', 'trash', 'undo', 'up', 'upload', 'upright', 'user',
  'users', 'wallet', 'wifi', 'wifioff', 'x', 'zap', 'zoomin',
] as const;

export type IconName = (typeof iconNames)[number];
