import { z } from 'zod';
import { PRIMARY_RANGE, RANGE_ALLOWED } from '../../boundary/network-range';
import { BOUNDARY_REGIONS } from './boundary-schema';
import { list, text } from './fields';

const ids = (what: string, pattern: RegExp) =>
  list(text(`the id of a ${what}`, pattern), `a list of ${what} ids, at least one`);

const vpc = z
  .strictObject(
    {
      id: text('the id of a VPC, such as vpc-0abc1234', /^vpc-[0-9a-f]{8,17}$/).describe('Its id.'),
      cidr: text(RANGE_ALLOWED, /^[0-9.]+\/\d{1,2}$/).describe(
        'The IPv4 range that contains its isolated subnets: private, from /16 to /26.',
      ),
      availabilityZones: list(
        text('a zone such as eu-central-1a', /^[a-z]+(-[a-z]+)+-\d[a-z]$/),
        'a list of zones of the primary Region, one for each subnet',
      ).describe('The zone of each isolated subnet, in the order of `isolatedSubnetIds`.'),
      isolatedSubnetIds: ids('subnet', /^subnet-[0-9a-f]{8,17}$/)
        .meta({ uniqueItems: true })
        .describe('Its subnets that have routes only to the endpoints. The package does not check these routes.'),
      routeTableIds: ids('route table', /^rtb-[0-9a-f]{8,17}$/).describe(
        'The route table of each isolated subnet, in the order of `isolatedSubnetIds`. The gateway endpoints for S3 and DynamoDB add routes to these tables.',
      ),
    },
    "a mapping with 'id', 'cidr', 'availabilityZones', 'isolatedSubnetIds' and 'routeTableIds'",
  )
  .describe(
    'An existing VPC of the account, in the primary Region; by default a new one is created. Its owner is responsible for its egress, its ' +
      'traffic logs and its existing endpoints.',
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
                .describe(`Range of the VPC in ${code}.`),
            ]),
          ),
          'a mapping of Regions to ranges',
        )
        .describe(
          'IPv4 ranges of the VPCs, by Region: private, from /16 to /26, without overlaps. By default ' +
            `${PRIMARY_RANGE} in the primary Region, and a separate /24 in each further Region. If you change the range of a deployed ` +
            'VPC, a new VPC replaces it.',
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
