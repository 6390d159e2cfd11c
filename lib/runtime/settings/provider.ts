import type { SettingsPolicy } from '../../contract/policies/settings-policy';
import { answerEvent, isCustomResourceEvent, type Outcome } from '../aws/custom-resource';
import { type ResponderOptions, respond } from '../aws/respond';
import type { CheckOptions } from './check';
import type { ControlPlane } from './control-plane';
import { checkLine, writeLine } from './provider-log';
import type { RetentionOptions } from './retention';
import { runCheck, runRetention } from './tasks';

/** What the handler runs with. */
export interface ProviderOptions {
  readonly policy: SettingsPolicy;
  readonly control: ControlPlane;
  readonly keepFormer: RetentionOptions['keepFormer'];
  readonly keepReading: CheckOptions['keep'];
  readonly responder: ResponderOptions;
  /** What the metrics are told apart by. */
  readonly functionName: string;
  readonly now?: () => Date;
  readonly log?: (line: object) => void;
  readonly readBackDelayMs?: number;
}

/**
 * The handler of a custom resource or a schedule, by its policy's task. What an event says chooses between the two and
 * nothing else: Regions and destinations are the policy's.
 */
export function createProvider(options: ProviderOptions): (event: unknown) => Promise<void> {
  const { policy, log = writeLine } = options;
  return async (event) => {
    if (isCustomResourceEvent(event)) {
      const response = await answerEvent(event, () => run(options));
      log({ event: 'custom-resource', task: policy.task, request: event.RequestType, status: response.Status });
      await respond(event.ResponseURL, response, options.responder);
    } else if (policy.task === 'check') {
      await run(options);
    } else {
      throw new Error('this function answers CloudFormation only; a schedule belongs to the function that checks');
    }
  };
}

function run(options: ProviderOptions): Promise<Outcome> {
  const { policy, control, keepFormer, keepReading, functionName, readBackDelayMs } = options;
  const { now = () => new Date(), log = writeLine } = options;
  if (policy.task === 'retention') {
    const { mode, regions, logging } = policy;
    return runRetention({ mode, regions, logging, control, keepFormer, readBackDelayMs }, (outcomes) =>
      log({ event: 'retention', outcomes }),
    );
  }
  return runCheck({ policy, control, keep: keepReading, now }, (findings) =>
    log(checkLine(findings, functionName, now())),
  );
}
