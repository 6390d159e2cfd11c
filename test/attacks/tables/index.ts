import type { AttackTable, OtherTable } from '../attack';
import { ANOTHERS_CONTENT } from './anothers-content';
import { BACKGROUND } from './background';
import { BUDGETS } from './budgets';
import { CHANGED_STORES } from './changed-stores';
import { CHECK_OUTPUT } from './check-output';
import { DISK } from './disk';
import { ERASED_MEMBERS } from './erased-members';
import { ERASURES } from './erasures';
import { HAND_OVERS } from './hand-overs';
import { HOLDS } from './holds';
import { LOCKOUTS } from './lockouts';
import { MEMBER_KEYS, STOPPED } from './member-keys';
import { OBTAINED_TOKENS } from './obtained-tokens';
import { OPEN_PROJECTS } from './open-projects';
import { PATHS_AND_IDS } from './paths-and-ids';
import { PROJECT_KEYS } from './project-keys';
import { REMOTE_REFERENCES } from './remote-references';
import { REPEATED_WORDS } from './repeated-words';
import { ROLES } from './roles';
import { SCIM_TOKENS } from './scim';
import { SHARED_BY_SCIM } from './shared-by-scim';
import { SHARED_PROMPTS } from './shared-prompts';
import { SMUGGLED_FIELDS } from './smuggled-fields';
import { STOLEN_ROLES } from './stolen-roles';
import { TOKENS } from './tokens';

/** Every class of attacks. Those of a deployment of their own run last. */
export const TABLES: readonly AttackTable[] = [
  TOKENS,
  ROLES,
  PROJECT_KEYS,
  MEMBER_KEYS,
  ANOTHERS_CONTENT,
  SHARED_PROMPTS,
  SHARED_BY_SCIM,
  PATHS_AND_IDS,
  SMUGGLED_FIELDS,
  REMOTE_REFERENCES,
  ERASED_MEMBERS,
  HOLDS,
  REPEATED_WORDS,
  OBTAINED_TOKENS,
  SCIM_TOKENS,
  OPEN_PROJECTS,
  BACKGROUND,
  BUDGETS,
  ERASURES,
  HAND_OVERS,
  LOCKOUTS,
  STOPPED,
  CHANGED_STORES,
  DISK,
];

/** Classes of attacks on commands. */
export const COMMAND_TABLES: readonly OtherTable[] = [CHECK_OUTPUT, STOLEN_ROLES];
