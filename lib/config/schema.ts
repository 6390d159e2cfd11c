import { z } from 'zod';
import { PRIMARY_RANGE, RANGE_ALLOWED } from '../boundary/network-range';
import { ALERT_ADDRESS } from './alert-address';
import { BOUNDARY_REGIONS, boundarySchema } from './boundary-schema';
import { declarationShape } from './declarations-schema';
import { count, line, list, slug, text } from './fields';
import { TAG_KEY, TAG_KEY_ALLOWED, TAG_VALUE, TAG_VALUE_ALLOWED } from './tag';

/** With these keys a file describes a deployment, which needs the keys on the right as well. */
export const NEEDED_WITH: Readonly<Record<string, readonly string[]>> = {
  models: ['name', 'regions'],
  identity: ['name', 'regions', 'workspaces'],
  workspaces: ['name', 'regions', 'models', 'alerts'],
  projects: ['name', 'regions', 'models', 'alerts'],
};

const regionAllowed = 'a Region code such as eu-central-1';
const regionCode = () =>
  text(regionAllowed, /^[A-Za-z]\S*$/)
    .max(40, regionAllowed)
    .meta({ examples: [...BOUNDARY_REGIONS] });

const modelIdAllowed = 'lower-case letters and digits, joined by single hyphens or dots, at most 64 characters';
const modelId = () => text(modelIdAllowed, /^[a-z0-9]+([.-][a-z0-9]+)*$/).max(64, modelIdAllowed);
const modelIds = (who: string) =>
  list(modelId().describe('An `id` of `models`.'), "a list of ids of 'models', at least one")
    .meta({ uniqueItems: true })
    .describe(`Which models ${who} may use: ids of \`models\`.`);

const boundary = boundarySchema.describe(
  'What counts as inside: `eu`, `eea`, a list of countries (`[DE, FR]`) or a list of Regions (`[eu-central-1]`). ' +
    'The only key that the guard needs.',
);

const accountAllowed = 'the twelve digits of an account, in quotes';
const account = text(accountAllowed, /^\d{12}$/)
  .meta({ examples: ['111122223333'] })
  .describe(
    'The account that everything is deployed to, by its twelve digits in quotes. Credentials of any other deploy nothing. By default ' +
      'the account of the credentials.',
  );

const MOST_TAGS = 40;
const tagKey = text(TAG_KEY_ALLOWED, TAG_KEY);
const tags = z
  .record(tagKey, text(TAG_VALUE_ALLOWED, TAG_VALUE), 'a mapping of tags, such as { cost-centre: "4711" }')
  .refine((value) => Object.keys(value).length <= MOST_TAGS, `at most ${MOST_TAGS} tags`)
  .meta({ maxProperties: MOST_TAGS })
  .describe(
    'Tags of everything that is deployed and takes tags, beside those of the package, which begin with `residency:`. They are in clear ' +
      'in bills and in the console: no personal data.',
  );

const regions = z
  .strictObject(
    {
      primary: regionCode().describe('The Region that everything is deployed to. It must be inside the boundary.'),
      recovery: regionCode()
        .optional()
        .describe("A second Region for replicas: inside the boundary, in the primary Region's partition."),
    },
    "a mapping with 'primary'",
  )
  .describe('Where the deployment is.');

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

const network = z
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

const organisation = z
  .strictObject(
    {
      name: line('the name of the organisation').optional().describe('Its name.'),
      controller: line('the controller').optional().describe('The controller in the sense of the GDPR.'),
      dpo: line('how to reach the data protection officer').optional().describe('How to reach its DPO.'),
    },
    "a mapping with any of 'name', 'controller' and 'dpo'",
  )
  .describe('Who answers for the data. Printed in evidence, never part of a name of a resource.');

const alertsAllowed = "a list of e-mail addresses or https:// URLs, at least one, or '{ none: <why nobody is told> }'";
const addressAllowed = 'an e-mail address or an https:// URL';
const alerts = z
  .union(
    [
      list(text(addressAllowed, ALERT_ADDRESS).max(300, addressAllowed).describe('Who is told.'), alertsAllowed).meta({
        uniqueItems: true,
      }),
      z.strictObject({ none: line('a reason').describe('Why nobody is told. Printed at each deployment.') }),
    ],
    alertsAllowed,
  )
  .describe(
    'Who is told when something is wrong: e-mail addresses, and `https://` URLs whose host is declared under `places`. ' +
      'SNS asks each to confirm first, and tells nobody who has not. Or `{ none: <reason> }`. No default.',
  );

const providerModel = (allowed: string) => text(allowed, /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$/);
const addressRange = 'a range of private addresses, such as 10.0.0.0/16';

const openai = z
  .strictObject(
    {
      acceptsWiderEurope: z
        .strictObject(
          {
            reason: line('a reason').describe('Why. Headers and every output repeat it.'),
            approver: line('who accepted it').optional().describe('Who accepted it.'),
          },
          "a mapping with 'reason'",
        )
        .optional()
        .describe("Accepts that OpenAI's Europe is wider than the boundary `eu` or `eea`: it includes Switzerland."),
      zeroRetention: z
        .boolean('true or false')
        .optional()
        .describe('Whether OpenAI has promised zero data retention to the project of your key. Projects need it.'),
      schemasMayLeave: z
        .boolean('true or false')
        .optional()
        .describe(
          'Lets projects send the schemas of structured outputs, which OpenAI keeps outside its promises. By default refused.',
        ),
    },
    "a mapping with any of 'acceptsWiderEurope', 'zeroRetention' and 'schemasMayLeave'",
  )
  .describe('What you say of `eu.api.openai.com`, where a destination names a model of OpenAI.');

const destinationAllowed = "a mapping with exactly one of 'bedrock', 'openai' and 'server'";
const destination = z
  .strictObject(
    {
      bedrock: text('the id of a Bedrock model or inference profile', /^[A-Za-z]\S*$/)
        .max(256, 'the id of a Bedrock model or inference profile')
        .optional()
        .describe('Id or ARN of a Bedrock model or inference profile, all of whose Regions must be inside.'),
      region: regionCode()
        .optional()
        .describe(
          'With `bedrock`: the Region that is called; by default the primary one. Any other gets a network and an endpoint of ' +
            'its own, which cost by the hour.',
        ),
      openai: providerModel('the name of a model of OpenAI')
        .optional()
        .describe('Name of a model at `eu.api.openai.com`, called with your own key; see `openai`.'),
      server: line('the base URL of a server', 400)
        .optional()
        .describe(
          'Base URL of a server in your network that speaks the protocol of OpenAI, such as `http://vllm.internal:8000/v1`.',
        ),
      model: providerModel('the name of a model of that server')
        .optional()
        .describe('With `server`: the name by which it knows the model.'),
      addresses: list(text(addressRange, /^[0-9A-Fa-f:.]+\/\d{1,3}$/), `a list: ${addressRange}`)
        .optional()
        .describe('With `server`: the only addresses that it may have; by default any private one.'),
      kind: z
        .enum(['chat', 'embedding'], 'chat, embedding')
        .optional()
        .describe('With `server`: what the model does; by default `chat`.'),
    },
    destinationAllowed,
  )
  .refine(
    ({ bedrock, openai: name, server }) => [bedrock, name, server].filter((key) => key !== undefined).length === 1,
    {
      error: destinationAllowed,
      when: ({ issues }) => issues.length === 0,
    },
  )
  .meta({ oneOf: [{ required: ['bedrock'] }, { required: ['openai'] }, { required: ['server', 'model'] }] })
  .describe('One target that may serve the model: exactly one of `bedrock`, `openai` and `server`.');

const model = z
  .strictObject(
    {
      id: modelId().describe('The name that clients send.'),
      destinations: list(destination, 'a list of destinations, at least one')
        .max(20, 'at most 20 destinations')
        .describe('What may serve it, tried in this order.'),
    },
    "a mapping with 'id' and 'destinations'",
  )
  .describe('A model as clients name it.');

const hoursAllowed = 'whole hours from 2h to 168h';
const MAX_READING_AGE = /^(?:[2-9]|[1-9]\d|1[0-5]\d|16[0-8])h$/;

const loggingAllowed = "a mapping with 'bucket', 'logGroup' or both";
const invocationLogging = z
  .strictObject(
    {
      bucket: text('the name of a bucket', /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
        .optional()
        .describe('Name of a bucket of this account in the primary Region.'),
      logGroup: text('the name of a log group', /^[\w./#-]{1,512}$/)
        .optional()
        .describe('Name of a log group of this account in the primary Region.'),
    },
    loggingAllowed,
  )
  .refine(({ bucket, logGroup }) => bucket !== undefined || logGroup !== undefined, loggingAllowed)
  .meta({ minProperties: 1 })
  .describe(
    'Where model invocation logging may write every prompt and answer of the account, in the primary Region; nowhere by default, and ' +
      'never with `projects`. It is switched on by whoever wants it; here it is only checked.',
  );

const bedrock = z
  .strictObject(
    {
      retention: z
        .enum(['manage', 'verify'], 'manage, verify')
        .optional()
        .describe(
          "Who sets Bedrock's retention mode to `none` in every Region that may process a request: this deployment (`manage`, " +
            'the default), or somebody else (`verify`: it is only read, and any other mode stops the deployment). The mode holds ' +
            'for the whole account in a Region.',
        ),
      maxReadingAge: text(hoursAllowed, MAX_READING_AGE)
        .meta({ examples: ['24h'] })
        .optional()
        .describe(
          'How long after a Region was last read as one that keeps nothing it may serve projects: whole hours, by default `24h`. It is ' +
            'read every hour.',
        ),
      invocationLogging: invocationLogging.optional(),
    },
    "a mapping with any of 'retention', 'maxReadingAge' and 'invocationLogging'",
  )
  .describe('What Bedrock keeps.');

const groupName = 'the name of a group, without comma, quote, bracket or percent sign';
const groupList = (what: string) =>
  list(text(groupName, /^[^\s,"[\]%][^,"[\]%]*$/).max(200, groupName), 'a list of names of groups, at least one')
    .meta({ uniqueItems: true })
    .optional()
    .describe(what);

const groups = z
  .strictObject(
    {
      attribute: line('the name of an attribute or claim')
        .optional()
        .describe(
          'The attribute or claim by which the provider names the groups of who signs in; by default `groups`.',
        ),
      member: groupList('Groups whose people chat.'),
      admin: groupList('Groups whose people administer the workspace, and read no content.'),
      auditor: groupList('Groups whose people read records, and no content.'),
    },
    "a mapping with any of 'attribute', 'member', 'admin' and 'auditor'",
  )
  .describe(
    'Which groups of the provider have which role. Needed with `saml` and `oidc`; whoever is in none is refused.',
  );

const pageAllowed = 'an https:// URL, or http://localhost';
const page = () =>
  text(pageAllowed, /^(?:https:\/\/[^\s/?#@]+|http:\/\/localhost(?::\d{1,5})?)(?:[/?][^\s#]*)?$/).max(400, pageAllowed);
const originAllowed = 'an origin such as https://chat.example.eu, without a path';
const clients = z
  .strictObject(
    {
      callbackUrls: list(page(), `a list: ${pageAllowed}`)
        .optional()
        .describe('Where sign-in leads back to; by default `http://localhost:8788/callback`.'),
      logoutUrls: list(page(), `a list: ${pageAllowed}`).optional().describe('Where signing out leads to.'),
      corsOrigins: list(
        text(originAllowed, /^(?:https:\/\/[a-z0-9.-]+(?::\d{1,5})?|http:\/\/localhost(?::\d{1,5})?)$/),
        `a list: ${originAllowed}`,
      )
        .optional()
        .describe('Origins whose pages may call the API from a browser.'),
    },
    "a mapping with any of 'callbackUrls', 'logoutUrls' and 'corsOrigins'",
  )
  .describe('The pages from which members sign in, by an authorization code with PKCE and without a secret.');

const provider = {
  saml: line('the path of a metadata file', 400)
    .optional()
    .describe(
      'Path of the SAML metadata file, relative to this file. No address: it would be fetched again and again.',
    ),
  oidc: z
    .strictObject(
      {
        issuer: text('an https:// URL', /^https:\/\/[^\s@]+$/).describe(
          'URL of the issuer, https only. Its host must be inside: say where it is in `places`.',
        ),
        clientId: line('a client id').describe('The client that the issuer knows.'),
        clientSecretName: text('the name of a secret', /^[\w/+=.@-]{1,256}$/).describe(
          "Name of the Secrets Manager secret, in the primary Region, that holds the client's secret.",
        ),
        scopes: list(text('a scope, without spaces', /^[^\s"\\]{1,100}$/), 'a list of scopes, at least one')
          .optional()
          .describe('What is asked for beside `openid`, so that the groups are in the answer.'),
      },
      "a mapping with 'issuer', 'clientId' and 'clientSecretName'",
    )
    .optional()
    .describe('An OpenID Connect provider.'),
};

const identityAllowed = "a mapping with at most one of 'saml', 'oidc' and 'shared', and any of 'groups' and 'clients'";
const identity = z
  .strictObject(
    {
      ...provider,
      shared: slug(32)
        .optional()
        .describe('A user pool that several workspaces share, by its id in `identity.shared`.'),
      groups: groups.optional(),
      clients: clients.optional(),
    },
    identityAllowed,
  )
  .refine(({ saml, oidc, shared }) => [saml, oidc, shared].filter((key) => key !== undefined).length <= 1, {
    error: identityAllowed,
    when: ({ issues }) => issues.length === 0,
  })
  .refine((value) => Object.keys(value).length > 0, identityAllowed)
  .meta({
    minProperties: 1,
    allOf: [
      ['saml', 'oidc'],
      ['saml', 'shared'],
      ['oidc', 'shared'],
    ].map((required) => ({ not: { required } })),
  })
  .describe(
    'Where members sign in. Without `saml`, `oidc` and `shared` they are users of a Cognito pool that an administrator adds.',
  );

const sharedAllowed = "a mapping with 'id', one of 'saml' and 'oidc', and any 'attribute'";
const shared = z
  .strictObject(
    {
      id: slug(32).describe('Its name, by which workspaces name it.'),
      ...provider,
      attribute: line('the name of an attribute or claim')
        .optional()
        .describe('The attribute or claim by which the provider names groups; by default `groups`.'),
    },
    sharedAllowed,
  )
  .refine(({ saml, oidc }) => (saml === undefined) !== (oidc === undefined), {
    error: sharedAllowed,
    when: ({ issues }) => issues.length === 0,
  })
  .meta({ oneOf: [{ required: ['saml'] }, { required: ['oidc'] }] })
  .describe('A user pool that several workspaces share: one registration at the provider, and an audience for each.');

const sharedIdentities = z
  .strictObject(
    { shared: list(shared, 'a list of shared user pools, at least one').describe('User pools of several workspaces.') },
    "a mapping with 'shared'",
  )
  .describe('Where members of several workspaces sign in.');

const RETENTION = /^(?:until-deleted|(?:[1-9]\d{0,2}|[12]\d{3}|3[0-5]\d{2}|36[0-4]\d|3650)d)$/;

const workspace = z
  .strictObject(
    {
      id: slug(32).describe('Its name; no other workspace or project has it.'),
      edition: z.enum(['enterprise', 'edu'], 'enterprise, edu').describe('`enterprise` or `edu`.'),
      retention: text('a period in days from 1d to 3650d, or until-deleted', RETENTION)
        .meta({ examples: ['30d', '365d', 'until-deleted'] })
        .describe('How long conversations are kept: days (`365d`, at most `3650d`), or `until-deleted`. No default.'),
      models: modelIds('members'),
      identity: identity.optional(),
      limits: z
        .strictObject(
          {
            tokensPerMemberPerDay: count(1_000_000_000)
              .optional()
              .describe('Tokens of prompts and answers that one member may use on a day in UTC; no limit by default.'),
            tokensPerDay: count(1_000_000_000_000)
              .optional()
              .describe('Tokens of prompts and answers that all members may use on a day in UTC; no limit by default.'),
            requestsPerMinute: count(100_000)
              .optional()
              .describe('Requests of all members in a minute of the clock; no limit by default.'),
            windowTokens: count(1_000_000, 1_000)
              .optional()
              .describe(
                'Estimated tokens that a model is sent of a conversation, its newest part, with what is asked; 100000 by default, which fits every ' +
                  'text model of the facts. What is longer is cut or refused, as `truncation` of the request says.',
              ),
          },
          "a mapping with any of 'tokensPerMemberPerDay', 'tokensPerDay', 'requestsPerMinute' and 'windowTokens'",
        )
        .optional()
        .describe('How much may be used.'),
    },
    "a mapping with 'id', 'edition', 'retention' and 'models'",
  )
  .describe("A tenant whose members' conversations are stored inside the boundary, under its own key.");

const project = z
  .strictObject(
    {
      id: slug(32).describe('Its name; no other workspace or project has it.'),
      models: modelIds('it'),
      limits: z
        .strictObject(
          {
            requestsPerMinute: count(100_000)
              .optional()
              .describe('Requests in a minute of the clock, over all keys of the project; no limit by default.'),
            tokensPerDay: count(1_000_000_000_000)
              .optional()
              .describe('Tokens of prompts and answers on a day in UTC, over all keys; no limit by default.'),
          },
          "a mapping with any of 'requestsPerMinute' and 'tokensPerDay'",
        )
        .optional()
        .describe('How much may be used.'),
    },
    "a mapping with 'id' and 'models'",
  )
  .describe('An API tenant whose requests are processed inside the boundary and not kept. No model may keep content.');

/** What may stand in `residency.yaml`: the one definition that the loader, the JSON Schema and the docs are made from. */
export const residencySchema = z
  .strictObject(
    {
      boundary,
      name: slug(20)
        .optional()
        .describe('Prefix of the stack names, so that one account can hold several deployments.'),
      account: account.optional(),
      tags: tags.optional(),
      regions: regions.optional(),
      network: network.optional(),
      organisation: organisation.optional(),
      alerts: alerts.optional(),
      bedrock: bedrock.optional(),
      openai: openai.optional(),
      models: list(model, 'a list of models, at least one').optional().describe('The models of the deployment.'),
      identity: sharedIdentities.optional(),
      workspaces: z.array(workspace, 'a list of workspaces').optional().describe('Tenants who chat.'),
      projects: z.array(project, 'a list of projects').optional().describe('Tenants who call the API.'),
      ...declarationShape,
    },
    "a mapping with at least 'boundary', such as 'boundary: eu'",
  )
  .meta({ title: 'residency.yaml', dependentRequired: NEEDED_WITH });

/** A file as it is written, once its shape is right. */
export type ResidencyFile = z.input<typeof residencySchema>;
