import { z } from 'zod';
import { PRIMARY_RANGE, RANGE_ALLOWED } from '../../boundary/network-range';
import { BOUNDARY_REGIONS } from './boundary-schema';
import { list, text } from './fields';

export const ZONE_ALLOWED = 'a zone such as eu-central-1a';
export const ZONE = /^[a-z]+(-[a-z]+)+-\d[a-z]$/;
const ZONES_ALLOWED = 'a list of two or three zones of the Region';
const NETWORK_ALLOWED = "a mapping with any of 'ranges', 'zones' and 'vpc'";

const ids = (what: string, pattern: RegExp) =>
  list(text(`the id of a ${what}`, pattern), `a list of ${what} ids, at least one`);

const endpoint = (what: string) => z.enum(['create', 'existing'], 'create, existing').optional().describe(`${what}.`);

const vpc = z
  .strictObject(
    {
      id: text('the id of a VPC, such as vpc-0abc1234', /^vpc-[0-9a-f]{8,17}$/).describe('Its id.'),
      cidr: text(RANGE_ALLOWED, /^[0-9.]+\/\d{1,2}$/).describe(
        'The IPv4 range that contains its isolated subnets: private, from /16 to /26.',
      ),
      availabilityZones: list(
        text(ZONE_ALLOWED, ZONE),
        'a list of zones of the primary Region, one for each subnet',
      ).describe('The zone of each isolated subnet, in the order of `isolatedSubnetIds`.'),
      isolatedSubnetIds: ids('subnet', /^subnet-[0-9a-f]{8,17}$/)
        .meta({ uniqueItems: true })
        .describe('Its subnets that have routes only to the endpoints. The package does not check these routes.'),
      routeTableIds: ids('route table', /^rtb-[0-9a-f]{8,17}$/).describe(
        'The route table of each isolated subnet, in the order of `isolatedSubnetIds`. The gateway endpoints for S3 and DynamoDB add routes to these tables.',
      ),
      endpoints: z
        .strictObject(
          {
            s3: endpoint("S3's gateway endpoint"),
            dynamodb: endpoint("DynamoDB's gateway endpoint"),
            kms: endpoint("KMS's interface endpoint"),
            bedrock: endpoint("Bedrock's interface endpoint (`bedrock-runtime`)"),
          },
          "a mapping with any of 's3', 'dynamodb', 'kms' and 'bedrock'",
        )
        .optional()
        .describe(
          'For each endpoint, whether the deployment creates it (`create`, the default) or the VPC already has it (`existing`): a VPC can have ' +
            'only one of each. You are responsible for the policy of an existing endpoint. An interface endpoint must have private DNS, and its ' +
            'security group must admit the range of the subnets on port 443.',
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
      zones: z
        .strictObject(
          Object.fromEntries(
            BOUNDARY_REGIONS.map((code) => [
              code,
              list(text(ZONE_ALLOWED, ZONE), ZONES_ALLOWED)
                .min(2, ZONES_ALLOWED)
                .max(3, ZONES_ALLOWED)
                .meta({ uniqueItems: true })
                .optional()
                .describe(`Zones of the VPC in ${code}.`),
            ]),
          ),
          'a mapping of Regions to zones',
        )
        .describe(
          'Zones of the VPCs, by Region: two or three, each with a subnet. By default zones `a` and `b`. An interface endpoint may be unavailable in ' +
            'a zone, and each account has its own letters for zones: `eu-residency doctor` says which zones of yours offer all endpoints. Set this ' +
            'before the first deployment; later, change the range of the VPC too, which replaces it.',
        )
        .optional(),
      vpc: vpc.optional(),
    },
    NETWORK_ALLOWED,
  )
  .refine((given) => Object.values(given).some((value) => value !== undefined), {
    error: NETWORK_ALLOWED,
    when: ({ issues }) => issues.length === 0,
  })
  .meta({ minProperties: 1 })
  .describe(
    "The networks: one in the primary Region, and one in each further Region that a destination's `region` names.",
  );
