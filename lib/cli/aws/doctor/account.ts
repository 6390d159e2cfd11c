import { findRegion } from '../../../facts/region';
import { linesOf } from '../../../report/doctor/doctor-line';
import type { Check } from './subject';

const lines = linesOf('account')();

/** Whose credentials these are, and whether they are of the configuration's account, and of the primary Region's partition. */
export const account: Check = async ({ caller, deployment }) => {
  if (deployment.account !== undefined && deployment.account !== caller.account) {
    return [
      lines.missing(
        `${caller.account}, but the configuration is for ${deployment.account}`,
        `sign in to ${deployment.account}: set AWS_PROFILE`,
      ),
    ];
  }
  const [, partition = ''] = caller.arn.split(':');
  const wanted = findRegion(deployment.primaryRegion)?.partition;
  return [
    partition === wanted
      ? lines.ok(`${caller.account}, as ${caller.arn.split(':').slice(5).join(':')}`)
      : lines.missing(
          `${caller.account} of partition ${partition}, but ${deployment.primaryRegion} is in partition ${wanted}`,
          `sign in to an account of partition ${wanted}: set AWS_PROFILE`,
        ),
  ];
};
