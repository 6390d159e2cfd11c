import type { Aws } from '../harness/aws';
import type { Deployed } from '../harness/deployed';
import type { Report } from '../harness/report';

/** What every read-back needs. */
export interface Context {
  readonly report: Report;
  readonly aws: Aws;
  readonly deployed: Deployed;
  /** The construct of the workspace that is called; by default, that of the sample. */
  readonly workspace?: string;
}

/** Constructs of the sample whose resources are read back. */
export const FOUNDATION = 'exemple-foundation/Foundation';
export const WORKSPACE = 'exemple-workspace-sciences/Workspace';
export const PROJECTS = 'exemple-projects/Projects';

/** The project of the sample. */
export const PROJECT = 'helpdesk-bot';

/** The latest check results of Bedrock's settings: no personal data, and the next check writes them again. */
export const CHECK_RESULTS = `${FOUNDATION}/DestinationCheck/Readings`;

/** The public keys of the user pool: not secret, and the next refresh writes them again. */
export const KEY_SETS = `${WORKSPACE}/Members/Keys`;

/** The function with which administrators manage members, outside the VPC. */
export const ADMINISTRATION = `${WORKSPACE}/Members/Administration`;
export const SUSPENSIONS = `${ADMINISTRATION}/Suspensions`;
export const RECORD_LINKS = `${ADMINISTRATION}/RecordLinks`;

/** The ledger of requests, and the function that writes it. */
export const LEDGER = 'exemple-ledger/Ledger';
export const LEDGER_CLOSE = `${LEDGER}/Close`;

/** The function with which administrators exercise users' rights. */
export const RIGHTS_ADMIN = `${WORKSPACE}/Rights/Admin`;

/** The egress, in deployments that have one. */
export const EGRESS = 'exemple-egress/Egress';
