import { dataConverter } from '../../libs/temporal/data-converter.js';
import { openVault } from '../../libs/vault/vault.js';

/** The company of the committed histories. */
export const HISTORY_COMPANY = 'replay';

/**
 * The key that the committed histories are encrypted under. It protects nothing: it is fixed so that they can be read for ever.
 */
const masterKey = Buffer.alloc(32, 'committed histories');
const wrapped = Buffer.from('42d65c64715e55abeaec9b26c06e04a01129cc9d997cfd1491843d2f02635db0d24f07a812a5e4313d8b3d031bd238a30cbe3d06f32b4bc27b956093', 'hex');

/** The converter that recording and replay share. */
export const historyConverter = () =>
  dataConverter(openVault({ masterKey, loadKeys: () => Promise.resolve([{ id: 1, wrapped }]) }));
