import type { Keyring } from '../keyring/keyring';

/**
 * A keyring that uses one key for all users: that of a member's shares with a group. Rows and objects stay among the member's content, so
 * that all that concerns it concerns them, and the member's own key decrypts nothing for others.
 */
export const groupKeyring = (keyring: Keyring, key: string): Keyring => ({
  ensureKey: () => keyring.ensureKey(key),
  encrypt: (_, plaintext) => keyring.encrypt(key, plaintext),
  decrypt: (_, message) => keyring.decrypt(key, message),
});
