/**
 * One module of the code: a folder, or a file that stands alone. A file belongs to the module with the longest path that it
 * begins with.
 */
export interface Module {
  readonly path: string;
  /** What it is for, in one line. */
  readonly purpose: string;
  /** The modules that it may import. Each stands above it in the table, so imports go one way. */
  readonly uses: readonly string[];
  /** The packages that it may import. Node's own modules are allowed everywhere but in `lib/facts` and `lib/boundary`. */
  readonly packages?: readonly RegExp[];
}

const CDK = [/^aws-cdk-lib(\/|$)/, /^constructs(\/package\.json)?$/];
const SDK = /^@aws-sdk\//;
const SMITHY = /^@smithy\//;
const HONO = /^hono(\/|$)/;
const ZOD_MINI = /^zod\/mini$/;
const LAMBDA = /^aws-lambda$/;

const DECIDES = ['lib/boundary', 'lib/facts'];
const KERNEL = ['lib/runtime/aws', 'lib/runtime/http', 'lib/contract', ...DECIDES];
/** How content is stored and encrypted, whatever the content is. */
const CONTENT_STORE = ['lib/runtime/workspace/store', 'lib/runtime/workspace/keyring'];
/** What is stored. */
const CONTENT = [
  'lib/runtime/workspace/errors',
  'lib/runtime/workspace/files',
  'lib/runtime/workspace/conversations',
  'lib/runtime/workspace/background',
  'lib/runtime/workspace/prompts',
  'lib/runtime/workspace/exports',
  'lib/runtime/workspace/keys',
  ...CONTENT_STORE,
];

/** Every module, each below all that it may import. The test of import directions and docs/CODE.md read this table. */
export const MODULES: readonly Module[] = [
  {
    path: 'lib/facts',
    purpose: 'Dated, sourced data: Regions, zones, models, hosts and CloudFormation types. Allows nothing by itself.',
    uses: [],
  },
  {
    path: 'lib/boundary',
    purpose: 'Pure decisions over the facts: the place of a value, whether it is inside, which destination may serve.',
    uses: ['lib/facts'],
  },
  {
    path: 'lib/ledger',
    purpose:
      'Records as leaves of a Merkle tree, its checkpoints and proofs. Knows no AWS service, and decides nothing.',
    uses: [],
  },
  {
    path: 'lib/html',
    purpose: "Text as HTML and as lines of a terminal, with what can't be seen, or reorders other text, escaped.",
    uses: [],
  },
  {
    path: 'lib/contract',
    purpose:
      'What synthesis and run time must agree on: forms of policies, variables, actors, roles, tags, tables, metrics.',
    uses: DECIDES,
  },
  {
    path: 'lib/contract/schemas',
    purpose: 'Reads policies at run time. Constructs never import it.',
    uses: ['lib/contract', ...DECIDES],
    packages: [ZOD_MINI],
  },
  {
    path: 'lib/guard',
    purpose: 'Checks a CloudFormation template against a boundary and returns findings. Never imports aws-cdk-lib.',
    uses: ['lib/html', ...DECIDES],
    packages: [/^yaml$/],
  },
  {
    path: 'lib/guard/terraform',
    purpose: 'Plans of Terraform and OpenTofu as resources that the guard checks. Only the command imports it.',
    uses: ['lib/guard', ...DECIDES],
  },
  {
    path: 'lib/perimeter',
    purpose: 'Compiles a boundary into policy statements for Bedrock, endpoints, IAM and an organization.',
    uses: ['lib/contract', ...DECIDES],
  },
  {
    path: 'lib/config',
    purpose: '`residency.yaml`: its schema, its loader and a message for each mistake.',
    uses: ['lib/contract', 'lib/guard', 'lib/perimeter', 'lib/html', ...DECIDES],
    packages: [/^yaml$/, /^zod$/],
  },
  {
    path: 'lib/report',
    purpose: 'Evidence from a cloud assembly: inventory, access to keys, models, checks of an account.',
    uses: ['lib/contract', 'lib/guard', 'lib/config', 'lib/perimeter', 'lib/html', ...DECIDES],
  },
  {
    path: 'lib/evidence',
    purpose: 'Pages, documents and signed statements for people who file, sign and attach them, from one core of data.',
    uses: ['lib/report', 'lib/contract', 'lib/guard', 'lib/config', 'lib/perimeter', 'lib/html', ...DECIDES],
    packages: [/^fflate$/, /^zod$/],
  },
  {
    path: 'lib/guard/cdk',
    purpose: 'The guard at synthesis: the validation plugin, the guarded App, and the withheld cloud assembly.',
    uses: ['lib/guard', 'lib/config', 'lib/html', ...DECIDES],
    packages: CDK,
  },
  {
    path: 'lib/guard/nag',
    purpose: 'The guard as a cdk-nag pack.',
    uses: ['lib/guard/cdk', 'lib/guard', ...DECIDES],
    packages: [...CDK, /^cdk-nag(\/package\.json)?$/],
  },
  { path: 'lib/nag.ts', purpose: 'The entry point `cdk-eu-residency/nag`.', uses: ['lib/guard/nag'] },
  {
    path: 'lib/testing',
    purpose: 'The entry point `cdk-eu-residency/testing`: assertions on residency for the tests of an app.',
    uses: ['lib/guard/cdk', 'lib/guard', 'lib/config', ...DECIDES],
    packages: CDK,
  },
  {
    path: 'lib/runtime/http',
    purpose: 'Requests and answers of every API: bodies, errors, streams, records, the Lambda handler. Knows no API.',
    uses: ['lib/contract', ...DECIDES],
    packages: [HONO, ZOD_MINI, LAMBDA],
  },
  {
    path: 'lib/runtime/aws',
    purpose:
      "Clients of AWS services with pinned endpoints, a function's credentials and policy, custom resource answers.",
    uses: ['lib/contract', ...DECIDES],
    packages: [SDK, SMITHY, ZOD_MINI],
  },
  {
    path: 'lib/runtime/gateway',
    purpose: 'The OpenAI-compatible API: admits a policy, decides, routes to destinations, answers. Stores nothing.',
    uses: ['lib/contract/schemas', ...KERNEL],
    packages: [HONO, ZOD_MINI, SDK, SMITHY, LAMBDA, /^cockatiel$/, /^eventsource-parser$/],
  },
  {
    path: 'lib/runtime/directory',
    purpose:
      'The users and groups that an identity system sends by SCIM, and the roles that they give. Reaches no content.',
    uses: ['lib/runtime/aws', 'lib/contract', ...DECIDES],
    packages: [/^@aws-sdk\/client-dynamodb$/],
  },
  {
    path: 'lib/runtime/workspace/identity',
    purpose: 'Verifies the tokens of members and their roles. Reaches no content.',
    uses: ['lib/runtime/directory', ...KERNEL],
    packages: [/^hono$/, /^jose(\/|$)/, SDK],
  },
  {
    path: 'lib/runtime/workspace/keyring',
    purpose: "Encrypts under each member's own branch key, and erases keys.",
    uses: ['lib/contract', ...DECIDES],
    packages: [/^@aws-crypto\/client-node$/, SDK],
  },
  {
    path: 'lib/runtime/workspace/store',
    purpose:
      'The kernel of stored content: rows, keys, pages, writes, the content cipher, backoff. Knows no kind of content.',
    uses: ['lib/runtime/workspace/keyring', 'lib/runtime/http', 'lib/contract', ...DECIDES],
    packages: [SDK],
  },
  {
    path: 'lib/runtime/workspace/errors',
    purpose: 'The error codes and routes of stored content.',
    uses: ['lib/runtime/workspace/store', 'lib/runtime/gateway', ...KERNEL],
  },
  {
    path: 'lib/runtime/workspace/files',
    purpose: 'Stored files, and uploads in parts.',
    uses: ['lib/runtime/workspace/errors', ...CONTENT_STORE, 'lib/runtime/gateway', ...KERNEL],
    packages: [ZOD_MINI, SDK],
  },
  {
    path: 'lib/runtime/workspace/conversations',
    purpose: 'Stored conversations and responses: item logs, turns, and the window that a model is sent.',
    uses: [
      'lib/runtime/workspace/errors',
      'lib/runtime/workspace/files',
      ...CONTENT_STORE,
      'lib/runtime/gateway',
      ...KERNEL,
    ],
    packages: [ZOD_MINI],
  },
  {
    path: 'lib/runtime/workspace/background',
    purpose:
      "Responses in the background: the queue of a workspace's jobs, and the worker that runs them as their members.",
    uses: [
      'lib/runtime/workspace/errors',
      'lib/runtime/workspace/files',
      'lib/runtime/workspace/conversations',
      ...CONTENT_STORE,
      'lib/runtime/gateway',
      ...KERNEL,
    ],
    packages: [SDK, ZOD_MINI],
  },
  {
    path: 'lib/runtime/workspace/prompts',
    purpose: 'Stored prompts and their versions.',
    uses: [
      'lib/runtime/workspace/errors',
      'lib/runtime/workspace/files',
      ...CONTENT_STORE,
      'lib/runtime/gateway',
      ...KERNEL,
    ],
    packages: [ZOD_MINI],
  },
  {
    path: 'lib/runtime/workspace/exports',
    purpose: 'Exports as their members download them.',
    uses: ['lib/runtime/workspace/errors', ...CONTENT_STORE, 'lib/runtime/gateway', ...KERNEL],
  },
  {
    path: 'lib/runtime/workspace/keys',
    purpose: "Members' API keys: creates, finds and checks them, and says whether their member may still act.",
    uses: [
      'lib/runtime/workspace/errors',
      'lib/runtime/workspace/identity',
      ...CONTENT_STORE,
      'lib/runtime/gateway',
      ...KERNEL,
    ],
    packages: [ZOD_MINI, /^hono$/, SDK],
  },
  {
    path: 'lib/runtime/workspace',
    purpose:
      "Wires a workspace's content together: conversations, files, prompts and exports, each member's under their own key.",
    uses: [...CONTENT, 'lib/runtime/workspace/identity', 'lib/runtime/gateway', ...KERNEL],
    packages: [HONO, ZOD_MINI, SDK, SMITHY, LAMBDA],
  },
  {
    path: 'lib/runtime/settings',
    purpose: "Sets and checks Bedrock's settings in each Region: retention mode, invocation logging, destinations.",
    uses: ['lib/contract', 'lib/runtime/aws', ...DECIDES],
    packages: [SDK, SMITHY],
  },
  {
    path: 'lib/runtime/key-sets',
    purpose: 'Fetches the signing keys of identity providers outside the VPC, for gateways that have no route to them.',
    uses: ['lib/contract', 'lib/runtime/settings', 'lib/runtime/aws', ...DECIDES],
    packages: [/^@aws-sdk\/client-dynamodb$/],
  },
  {
    path: 'lib/runtime/egress',
    purpose:
      "Sends a gateway's requests to providers outside AWS. Decides again, checks names, addresses and certificates, and holds the keys.",
    uses: ['lib/contract/schemas', ...KERNEL],
    packages: [ZOD_MINI],
  },
  {
    path: 'lib/runtime/rights',
    purpose: 'Rights of members: exports, erasures, holds, closures, retention. Decides on a job and runs its steps.',
    uses: [
      'lib/contract/schemas',
      'lib/runtime/directory',
      'lib/runtime/workspace/identity',
      'lib/runtime/workspace',
      ...CONTENT,
      'lib/html',
      'lib/runtime/settings',
      'lib/runtime/gateway',
      ...KERNEL,
    ],
    packages: [/^hono$/, ZOD_MINI, SDK],
  },
  {
    path: 'lib/runtime/records',
    purpose: "Shows auditors the gateway's records of requests. Runs where no content can be reached.",
    uses: KERNEL,
    packages: [/^hono$/, /^@aws-sdk\/client-(cloudwatch-logs|dynamodb)$/],
  },
  {
    path: 'lib/runtime/members',
    purpose: 'Administers the members of a workspace in its user pool. Runs where no content can be reached.',
    uses: [
      'lib/contract/schemas',
      'lib/runtime/directory',
      'lib/runtime/records',
      'lib/runtime/workspace/identity',
      ...KERNEL,
    ],
    packages: [/^hono$/, ZOD_MINI, /^@aws-sdk\/client-(cognito-identity-provider|dynamodb)$/],
  },
  {
    path: 'lib/runtime/projects',
    purpose: 'Creates, caps and ends open projects at run time. Reaches no key and no model.',
    uses: ['lib/contract/schemas', 'lib/runtime/gateway', ...KERNEL],
    packages: [/^hono$/, ZOD_MINI, /^@aws-sdk\/client-dynamodb$/],
  },
  {
    path: 'lib/runtime/conversion/parser',
    purpose:
      'Finds the text of office files, in a process that reads no file, has no network route and no credentials.',
    uses: ['lib/contract'],
    packages: [/^(csv-parse|sax|yauzl)$/],
  },
  {
    path: 'lib/runtime/conversion',
    purpose: "Converts members' office files to text: reads a file, runs the parser, and writes the text and a report.",
    uses: ['lib/contract/schemas', 'lib/runtime/workspace', 'lib/runtime/workspace/files', ...CONTENT_STORE, ...KERNEL],
    packages: [SDK],
  },
  {
    path: 'lib/runtime/scim',
    purpose:
      "A workspace's SCIM 2.0 API, through which its identity system sends users and groups. Reaches no content.",
    uses: ['lib/contract/schemas', 'lib/runtime/directory', 'lib/runtime/gateway', ...KERNEL],
    packages: [/^hono$/, ZOD_MINI, /^@aws-sdk\/client-dynamodb$/],
  },
  {
    path: 'lib/runtime/recovery',
    purpose: 'Copies branch keys to the recovery Region, and drills that content is readable there.',
    uses: [
      'lib/contract/schemas',
      'lib/runtime/rights',
      'lib/runtime/workspace',
      ...CONTENT_STORE,
      'lib/runtime/settings',
      ...KERNEL,
    ],
    packages: [SDK],
  },
  {
    path: 'lib/runtime/ledger',
    purpose: 'Writes the records of each hour as leaves of a signed tree. Runs where no content can be reached.',
    uses: ['lib/ledger', 'lib/contract/schemas', 'lib/runtime/settings', 'lib/runtime/aws', 'lib/contract', ...DECIDES],
    packages: [SDK],
  },
  {
    path: 'lib/runtime/jobs',
    purpose:
      'The bundle that runs the jobs of rights and recovery, makes keys, and writes the ledger; one handler for each role.',
    uses: [
      'lib/contract/schemas',
      'lib/runtime/ledger',
      'lib/runtime/recovery',
      'lib/runtime/rights',
      'lib/runtime/workspace',
      'lib/runtime/workspace/keyring',
      'lib/runtime/settings',
      'lib/runtime/aws',
      'lib/contract',
      ...DECIDES,
    ],
    packages: [SDK],
  },
  {
    path: 'lib/runtime/watch',
    purpose: "Finds calls in CloudTrail's records that loosen the perimeter. Calls no service.",
    uses: ['lib/contract'],
  },
  {
    path: 'lib/runtime/hook',
    purpose: 'The CloudFormation hook: the guard at deployment.',
    uses: ['lib/contract', 'lib/guard', ...DECIDES],
  },
  {
    path: 'lib/runtime/hook-template',
    purpose: 'The same hook for its CloudFormation template, which gives the policy as parameters.',
    uses: ['lib/runtime/hook', 'lib/config', 'lib/contract', 'lib/guard', ...DECIDES],
  },
  {
    path: 'lib/constructs',
    purpose: 'Constructs that other stacks reuse, a folder for each concern.',
    uses: ['lib/contract', 'lib/guard/cdk', 'lib/guard', 'lib/perimeter', 'lib/config', ...DECIDES],
    packages: CDK,
  },
  {
    path: 'lib/stacks',
    purpose: 'Constructs composed into what is deployed. No logic, and no knowledge of `residency.yaml`.',
    uses: ['lib/constructs', ...DECIDES],
    packages: CDK,
  },
  {
    path: 'lib/app',
    purpose: 'Maps `residency.yaml` to stacks, and prints the inventory.',
    uses: [
      'lib/contract',
      'lib/stacks',
      'lib/constructs',
      'lib/guard/cdk',
      'lib/guard',
      'lib/evidence',
      'lib/report',
      'lib/config',
      ...DECIDES,
    ],
    packages: CDK,
  },
  {
    path: 'lib/index.ts',
    purpose: 'The public API.',
    uses: ['lib/app', 'lib/stacks', 'lib/constructs', 'lib/guard/cdk', 'lib/guard', 'lib/config', ...DECIDES],
    packages: CDK,
  },
  {
    path: 'lib/local',
    purpose: '`serve`: the same handlers on loopback, over a local emulation of the AWS services they call.',
    uses: [
      'lib/runtime/directory',
      'lib/runtime/members',
      'lib/runtime/projects',
      'lib/runtime/records',
      'lib/runtime/rights',
      'lib/runtime/conversion',
      'lib/runtime/scim',
      'lib/runtime/workspace/identity',
      'lib/runtime/workspace/background',
      'lib/runtime/workspace',
      'lib/runtime/workspace/keys',
      ...CONTENT_STORE,
      'lib/runtime/gateway',
      ...KERNEL,
      'lib/config',
    ],
    packages: [/^hono$/, /^jose$/, SDK, /^node-sqlite3-wasm$/],
  },
  {
    path: 'lib/cli',
    purpose: 'The command `eu-residency`. Only what its AWS bundle holds imports an AWS SDK.',
    uses: [
      'lib/local',
      'lib/evidence',
      'lib/ledger',
      'lib/report',
      'lib/perimeter',
      'lib/config',
      'lib/perimeter',
      'lib/guard/terraform',
      'lib/guard',
      'lib/html',
      'lib/runtime/recovery',
      'lib/runtime/settings',
      'lib/runtime/gateway',
      ...KERNEL,
    ],
    packages: [/^tinyglobby$/, /^yaml$/, /^@aws-sdk\/client-/, /^@smithy\/core\/(client|endpoints)$/],
  },
  {
    path: 'bin/app.ts',
    purpose: 'The CDK app that `cdk deploy` runs.',
    uses: ['lib/app', 'lib/guard/cdk', 'lib/guard', 'lib/config'],
    packages: [...CDK, /^cdk-nag$/],
  },
  {
    path: 'bin/eu-residency.ts',
    purpose: "The command's entry point.",
    uses: ['lib/cli', 'lib/report', 'lib/config', 'lib/boundary'],
  },
];

/** The module of a file; none if the table has none for it. */
export const moduleOf = (file: string): Module | undefined =>
  MODULES.filter(({ path }) => file === path || file.startsWith(`${path}/`)).sort(
    (a, b) => b.path.length - a.path.length,
  )[0];
