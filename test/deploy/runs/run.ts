import type { Emulator } from '../harness/emulator';
import type { Report } from '../harness/report';
import type { Tools } from '../scenarios/deployed-apis';

/** What every run of the deploy test needs. */
export interface RunContext {
  readonly report: Report;
  readonly emulator: Emulator;
  readonly tools: Tools;
}

/** The primary Region of the sample. */
export const REGION = 'eu-central-1';
