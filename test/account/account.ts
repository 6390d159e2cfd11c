import type { Aws } from '../deploy/harness/aws';
import type { Cdk } from '../deploy/harness/cdk';
import type { Deployed } from '../deploy/harness/deployed';
import type { Report } from '../deploy/harness/report';
import type { DoctorCaller } from '../deploy/scenarios/refused-creation';

/** The account that the steps run in: a real one, or the emulator's. */
export interface Account {
  readonly report: Report;
  /** In the primary Region. */
  readonly aws: Aws;
  readonly cdk: Cdk;
  /** The credentials of `doctor`. */
  readonly caller: DoctorCaller;
  /** Clients for another Region. */
  in(region: string): Aws;
  /** Runs `cdk bootstrap` in a Region. */
  bootstrap(region: string): Promise<string>;
  /** How long to wait for an alarm. */
  readonly alarmSeconds: number;
  /** Writes `residency.yaml` under a name, synthesizes it, and returns the assembly and the file. */
  synth(name: string, text: string): Promise<Synthesized>;
  /** Clients with the credentials of a role that the caller may assume. */
  as(role: string): Promise<Aws>;
  /** Sends a request to a deployed API. */
  fetch(url: URL, init: RequestInit, apiKey?: string): Promise<Response>;
  /** Runs the functions again without state, if that can be done. */
  restart(): Promise<void>;
  /**
   * A check of what only AWS does, such as the delivery of a file. The emulator runs it too, and may only fail an assertion.
   */
  onlyAws(name: string, run: () => unknown): Promise<void>;
}

export interface Synthesized {
  readonly assembly: string;
  readonly config: string;
}

/** The deployment of earlier steps. */
export interface Deployment extends Synthesized {
  readonly deployed: Deployed;
  readonly baseUrls: Readonly<Record<string, string>>;
}
