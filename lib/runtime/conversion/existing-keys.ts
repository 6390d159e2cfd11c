import type { KeyMaker } from '../workspace/keyring/key-maker';
import { KeyGone } from '../workspace/keyring/keyring';

/** Makes no keys: the owner of a file has a key, unless they were erased. */
export const EXISTING_KEYS: KeyMaker = {
  make: () => Promise.reject(new KeyGone('the owner of the file has no key any more')),
};
