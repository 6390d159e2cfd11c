import type { Construct } from 'constructs';
import { admissionsIn } from '../../facts/admissions';
import type { AlertChannel } from '../alerts/alert-channel';
import { BedrockRetention, type BedrockRetentionProps } from './bedrock-retention';
import { CheckAlarms } from './check-alarms';
import { DestinationCheck } from './destination-check';
import { policyLayers } from './policy-layers';

/** What is checked, and the recipients of alarms. */
export interface BedrockChecksProps extends BedrockRetentionProps {
  readonly channel: AlertChannel;
}

/** Sets or reads what Bedrock retains, then checks that and the destinations' Regions every hour, with alarms. */
export function addBedrockChecks(scope: Construct, { channel, ...props }: BedrockChecksProps) {
  const { boundary, destinations } = props;
  const retention = new BedrockRetention(scope, 'BedrockRetention', props);
  const check = new DestinationCheck(scope, 'DestinationCheck', { ...props, after: retention });
  new CheckAlarms(scope, 'CheckAlarms', {
    check: check.handler,
    after: check,
    channel,
    hasRelease: boundary._facts?.release !== undefined,
    hasAdmitted: admissionsIn(policyLayers(boundary, destinations) ?? []).length > 0,
  });
  return { retention, check };
}
