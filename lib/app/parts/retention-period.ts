import type { Retention } from '../../config/model/config';
import { RetentionPeriod } from '../../constructs/stores/retention-period';

export const periodOf = (retention: Retention): RetentionPeriod =>
  retention.kind === 'days'
    ? RetentionPeriod.days(retention.days)
    : RetentionPeriod.untilDeleted("the deployment's configuration says until-deleted");
