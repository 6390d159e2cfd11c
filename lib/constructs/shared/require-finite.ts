import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/**
 * Checks that the retention of logs is finite.
 *
 * @param why the content of the logs, as a clause, such as `logs hold addresses`
 * @throws if it is infinite
 */
export function requireFinite(scope: Construct, retention: logs.RetentionDays, why: string): logs.RetentionDays {
  if (retention !== logs.RetentionDays.INFINITE) return retention;
  throw new Error(
    `${scope.node.path}: 'logRetention' must be finite because ${why}, got INFINITE; use RetentionDays.ONE_YEAR or another period`,
  );
}
