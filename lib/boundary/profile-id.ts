import { PROFILE_PREFIXES } from '../facts/generated/profile-prefixes';

/** Whether an id has the form of a cross-Region profile: a geography before the model's own id. */
export function looksLikeProfile(id: string): boolean {
  return /^[a-z-]+\.[a-z0-9-]+(\.|-v)/.test(id) && PROFILE_PREFIXES.includes(id.slice(0, id.indexOf('.')));
}
