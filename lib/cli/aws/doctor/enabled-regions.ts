import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { where } from '../../../boundary/region';
import { linesOf } from '../../../report/doctor/doctor-line';
import { clientSettings } from '../caller';
import { type Check, deployRegions, processingRegions } from './subject';
import { unseen } from './unseen';

const of = linesOf('Region enabled');

/** Whether every Region of a stack, and every Region that a profile routes to, is enabled in the account. */
export const enabledRegions: Check = async (subject) => {
  const deployed = deployRegions(subject);
  const regions = [...new Set([...deployed, ...processingRegions(subject)])];
  const home = subject.deployment.primaryRegion;
  try {
    const client = new EC2Client(clientSettings(subject.caller, 'ec2', home));
    const { Regions = [] } = await client.send(new DescribeRegionsCommand({ AllRegions: true }));
    const statusOf = new Map(Regions.map(({ RegionName, OptInStatus }) => [RegionName, OptInStatus]));
    return regions.map((region) => {
      const status = statusOf.get(region);
      if (status === undefined) {
        return of(region).notVisible('EC2 lists no such Region', `look for it in the console: Account, AWS Regions`);
      }
      if (status !== 'not-opted-in') return of(region).ok('yes');
      return of(region).missing(
        deployed.includes(region)
          ? `not enabled in this account, and stacks are deployed to it (${where(region)})`
          : `not enabled in this account, so no project is served by a destination that may route to it (${where(region)})`,
        `aws account enable-region --region-name ${region}` +
          (deployed.includes(region) ? '' : ", or choose a destination that doesn't route there"),
      );
    });
  } catch (error) {
    return [unseen(of(home), home, 'ec2:DescribeRegions', error)];
  }
};
