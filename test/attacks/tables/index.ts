import type { AttackTable, OtherTable } from '../attack';
import { ANOTHERS_CONTENT } from './anothers-content';
import { CHECK_OUTPUT } from './check-output';
import { ERASED_MEMBERS } from './erased-members';
import { BUDGETS } from './budgets';
import { ERASURES } from './erasures';
import { HAND_OVERS } from './hand-overs';
import { LOCKOUTS } from './lockouts';
import { HOLDS } from './holds';
import { OBTAINED_TOKENS } from './obtained-tokens';
import { PATHS_AND_IDS } from './paths-and-ids';
import { PROJECT_KEYS } from './project-keys';
import { REMOTE_REFERENCES } from './remote-references';
import { REPEATED_WORDS } from './repeated-words';
import { ROLES } from './roles';
import { SMUGGLED_FIELDS } from './smuggled-fields';
import { TOKENS } from './tokens';

/** Every class of attacks. Those of a deployment of their own run last. */
export const TABLES: readonly AttackTable[] = [
  TOKENS,
  ROLES,
  PROJECT_KEYS,
  ANOTHERS_CONTENT,
  PATHS_AND_IDS,
  SMUGGLED_FIELDS,
  REMOTE_REFERENCES,
  ERASED_MEMBERS,
  HOLDS,
  REPEATED_WORDS,
  OBTAINED_TOKENS,
  BUDGETS,
  ERASURES,
  HAND_OVERS,
  LOCKOUTS,
];

/** Classes of attacks on commands. */
export const COMMAND_TABLES: readonly OtherTable[] = [CHECK_OUTPUT];
