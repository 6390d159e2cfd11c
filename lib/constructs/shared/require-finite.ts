import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/**
 * How long logs are kept, which must have an end.
 *
 * @param why what the logs hold, as a clause: `logs hold addresses`
 */
export function requireFinite(scope: Construct, retention: logs.RetentionDays, why: string): logs.RetentionDays {
  if (retention !== logs.RetentionDays.INFINITE) return retention;
  throw new Error(
    `${scope.node.path}: 'logRetention' must have an end because ${why}, got INFINITE; use RetentionDays.ONE_YEAR or ` +
      'another period',
  );
}
