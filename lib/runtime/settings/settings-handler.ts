import type { SettingsPolicy } from '../../contract/policies/settings-policy';
import { answerEvent, isCustomResourceEvent, type Outcome } from '../aws/custom-resource';
import { type ResponderOptions, respond } from '../aws/respond';
import type { CheckOptions } from './check';
import type { ControlPlane } from './control-plane';
import { type ReleaseStore, requireNoRollback } from './facts-release';
import type { RetentionOptions } from './retention';
import { checkLine, writeLine } from './settings-log';
import { runCheck, runRetention } from './tasks';

/** What the handler needs. */
export interface SettingsHandlerOptions {
  readonly policy: SettingsPolicy;
  readonly control: ControlPlane;
  readonly storeFormer: RetentionOptions['storeFormer'];
  readonly storeReading: CheckOptions['store'];
  readonly storeRelease: ReleaseStore;
  readonly responder: ResponderOptions;
  /** The dimension of the metrics. */
  readonly functionName: string;
  readonly now?: () => Date;
  readonly log?: (line: object) => void;
  readonly readBackDelayMs?: number;
}

/**
 * The handler of a custom resource or a schedule, depending on its policy's task. An event chooses only between the two: Regions and
 * destinations come from the policy.
 */
export function createSettingsHandler(options: SettingsHandlerOptions): (event: unknown) => Promise<void> {
  const { policy, log = writeLine } = options;
  return async (event) => {
    if (isCustomResourceEvent(event)) {
      const response = await answerEvent(event, async () =>
        requireNoRollback(await run(options), policy.release, options.storeRelease),
      );
      log({ event: 'custom-resource', task: policy.task, request: event.RequestType, status: response.Status });
      await respond(event.ResponseURL, response, options.responder);
    } else if (policy.task === 'check') {
      await run(options);
    } else {
      throw new Error('this function answers only CloudFormation; use the function that checks for a schedule');
    }
  };
}

function run(options: SettingsHandlerOptions): Promise<Outcome> {
  const { policy, control, storeFormer, storeReading, functionName, readBackDelayMs } = options;
  const { now = () => new Date(), log = writeLine } = options;
  if (policy.task === 'retention') {
    const { mode, regions, logging } = policy;
    return runRetention({ mode, regions, logging, control, storeFormer, readBackDelayMs }, (outcomes) =>
      log({ event: 'retention', outcomes }),
    );
  }
  return runCheck({ policy, control, store: storeReading, now }, (findings) =>
    log(checkLine(findings, functionName, now())),
  );
}
