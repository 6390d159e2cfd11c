import assert from 'node:assert/strict';
import { DescribeVpcEndpointServicesCommand } from '@aws-sdk/client-ec2';
import type { Step } from '../step';

/** The services whose endpoints the sample creates. */
const SERVICES = ['bedrock-runtime', 'kms'];

export const zones: Step = {
  id: 'zones',
  does: 'Reads the zones in which the endpoints of KMS and Bedrock are available. Changes nothing.',
  hours: 0,
  async run({ report, aws, onlyAws }, deployment) {
    const of = async (service: string) => {
      const ServiceNames = [`com.amazonaws.${aws.region}.${service}`];
      const { ServiceDetails = [] } = await aws.ec2.send(new DescribeVpcEndpointServicesCommand({ ServiceNames }));
      return ServiceDetails[0]?.AvailabilityZones ?? [];
    };
    await report.check('the zones of KMS are listed', async () => {
      const found = await of('kms');
      assert.ok(found.length > 0);
      return found.join(', ');
    });
    await onlyAws('both endpoints are available in the zones a and b, which are the default', async () => {
      for (const service of SERVICES) {
        const found = await of(service);
        for (const letter of ['a', 'b']) assert.ok(found.includes(`${aws.region}${letter}`), `${service}: ${found}`);
      }
    });
    return deployment;
  },
};
