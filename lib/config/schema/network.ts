import { z } from 'zod';
import { PRIMARY_RANGE, RANGE_ALLOWED } from '../../boundary/network-range';
import { BOUNDARY_REGIONS } from './boundary-schema';
import { list, text } from './fields';

const ids = (what: string, pattern: RegExp) => {
  const allowed = `a list of ids of ${what}, at least one`;
  return list(text(`the id of ${what}`, pattern), allowed);
};

const vpc = z
  .strictObject(
    {
      id: text('the id of a VPC, such as vpc-0abc1234', /^vpc-[0-9a-f]{8,17}$/).describe('Its id.'),
      cidr: text(RANGE_ALLOWED, /^[0-9.]+\/\d{1,2}$/).describe(
        'The range of IPv4 addresses that its isolated subnets are in: private, from /16 to /26.',
      ),
      availabilityZones: list(
        text('a zone such as eu-central-1a', /^[a-z]+(-[a-z]+)+-\d[a-z]$/),
        'a list of zones of the primary Region, one for each subnet',
      ).describe('The zone of each of its isolated subnets, in their order.'),
      isolatedSubnetIds: ids('subnets', /^subnet-[0-9a-f]{8,17}$/)
        .meta({ uniqueItems: true })
        .describe('Its subnets that lead nowhere but to the endpoints. What they lead to is not seen here.'),
      routeTableIds: ids('route tables', /^rtb-[0-9a-f]{8,17}$/).describe(
        'The route table of each of its isolated subnets, in their order: the endpoints of S3 and DynamoDB are routes in it.',
      ),
    },
    "a mapping with 'id', 'cidr', 'availabilityZones', 'isolatedSubnetIds' and 'routeTableIds'",
  )
  .describe(
    'A VPC of the account in the primary Region that is there already; by default one is made. What leads out of it, what logs its ' +
      'traffic, and which endpoints it has already, is for its owner to see to.',
  );

export const network = z
  .strictObject(
    {
      ranges: z
        .strictObject(
          Object.fromEntries(
            BOUNDARY_REGIONS.map((code) => [
              code,
              text(RANGE_ALLOWED, /^[0-9.]+\/\d{1,2}$/)
                .optional()
                .describe(`Of the VPC in ${code}.`),
            ]),
          ),
          'a mapping of Regions to ranges',
        )
        .describe(
          'Ranges of IPv4 addresses of the VPCs, by Region: private, from /16 to /26, without a common address. By default ' +
            `${PRIMARY_RANGE} in the primary Region, and a /24 that each further Region has for itself. Another range is another ` +
            'VPC: it replaces one that is deployed.',
        )
        .optional(),
      vpc: vpc.optional(),
    },
    "a mapping with 'ranges', 'vpc' or both",
  )
  .refine(({ ranges, vpc: given }) => ranges !== undefined || given !== undefined, {
    error: "a mapping with 'ranges', 'vpc' or both",
    when: ({ issues }) => issues.length === 0,
  })
  .meta({ minProperties: 1 })
  .describe(
    "The networks: one in the primary Region, and one in each further Region that a destination's `region` names.",
  );
