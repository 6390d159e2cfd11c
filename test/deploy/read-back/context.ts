import type { Aws } from '../machine/aws';
import type { Deployed } from '../machine/deployed';
import type { Report } from '../machine/report';

/** What every reading needs. */
export interface Context {
  readonly report: Report;
  readonly aws: Aws;
  readonly deployed: Deployed;
}

/** Constructs of the sample whose resources are read back. */
export const FOUNDATION = 'exemple-foundation/Foundation';
export const WORKSPACE = 'exemple-workspace-sciences/Workspace';
export const PROJECTS = 'exemple-projects/Projects';

/** The project of the sample. */
export const PROJECT = 'helpdesk-bot';

/** What was last read of Bedrock's settings: nobody's data, and written anew by the next check. */
export const READINGS = `${FOUNDATION}/DestinationCheck/Readings`;

/** The public keys of the user pool: known to everybody, and written anew by the next refresh. */
export const KEY_SETS = `${WORKSPACE}/Members/Keys`;

/** By what administrators manage members, outside the VPC. */
export const ADMINISTRATION = `${WORKSPACE}/Members/Administration`;

/** The function by which administrators exercise the rights of users. */
export const RIGHTS_ADMIN = `${WORKSPACE}/Rights/Admin`;
