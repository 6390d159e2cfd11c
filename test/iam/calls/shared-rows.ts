import { branchKeyReads } from './branch-key-rows';
import { ABSENT, anyPartition, arnIfIn, arnIn, partitions, type Row } from './row';

/** Lambda writes every function's log with its role. */
export const LOG: Row = {
  by: 'Lambda',
  commands: ['CreateLogStream', 'PutLogEvents'],
  byLambda: true,
  on: ({ fn }) => [`arn:${fn.partition}:logs:${fn.region}:${fn.account}:log-group:${fn.logGroup}:*`],
};

/** A gateway calls the egress function by the alias of its kind of tenant. */
export const egressBy = (alias: string): Row => ({
  by: 'gateway/egress/egress-client.ts',
  commands: ['InvokeWithResponseStream'],
  // Only where a model is outside AWS.
  on: ({ fn }) =>
    [fn.variables.EGRESS_FUNCTION ?? []]
      .flat()
      .map((name) => `arn:${fn.partition}:lambda:${fn.region}:${fn.account}:function:${name}:${alias}`),
});

/** Lambda creates a VPC function's network interfaces with its role. */
export const INTERFACES: readonly Row[] = [
  {
    by: 'Lambda',
    commands: [
      'AssignPrivateIpAddresses',
      'CreateNetworkInterface',
      'DeleteNetworkInterface',
      'UnassignPrivateIpAddresses',
    ],
    byLambda: true,
    on: ({ fn }) => [`arn:${fn.partition}:ec2:${fn.region}:${fn.account}:*/*`],
    context: () => ({ 'lambda:SourceFunctionArn': ABSENT }),
  },
  {
    by: 'Lambda',
    commands: ['DescribeNetworkInterfaces', 'DescribeSubnets'],
    byLambda: true,
    // The only resource that EC2's Describe actions have.
    on: ({ fn }) => [`arn:${fn.partition}:ec2:${fn.region}:${fn.account}:*`],
    context: () => ({ 'lambda:SourceFunctionArn': ABSENT }),
  },
];

/** Which roles members hold by SCIM. A batch has 100 keys, so of many groups some are read alone. */
export const DIRECTORY_READS: readonly Row[] = [
  ['user', 'group', 'link', 'member#u', 'unique#userExternalId#d'],
  ['user'],
  ['group'],
].map((keys) => ({
  by: 'directory/directory-table.ts',
  commands: ['BatchGetItem'],
  on: arnIfIn('DIRECTORY_TABLE_ARN'),
  context: partitions(...keys),
}));

/** In which groups a member is by SCIM. */
export const DIRECTORY_GROUPS: Row = {
  by: 'directory/directory-table.ts',
  commands: ['Query'],
  on: arnIfIn('DIRECTORY_TABLE_ARN'),
  context: partitions('member#u'),
};

/** Reading which providers are out of use, and saying that one has left; only where models are outside AWS. */
export const PROVIDERS: readonly Row[] = [
  {
    by: 'gateway/providers/dynamodb-provider-states.ts',
    commands: ['BatchGetItem'],
    on: arnIfIn('PROVIDER_STATE_TABLE_ARN'),
    context: partitions('generation#openai', 'left#openai#0'),
  },
  {
    by: 'gateway/providers/dynamodb-provider-states.ts',
    commands: ['UpdateItem'],
    on: arnIfIn('PROVIDER_STATE_TABLE_ARN'),
    context: partitions('left#openai#0'),
  },
];

/** Verifying members' tokens. */
export const TOKENS: readonly Row[] = [
  {
    by: 'workspace/identity/deployed-members.ts',
    commands: ['GetItem'],
    on: arnIn('KEY_SETS_TABLE_ARN'),
    context: partitions('key-set'),
  },
  {
    by: 'workspace/identity/dynamodb-suspensions.ts',
    commands: ['GetItem'],
    on: arnIn('SUSPENSIONS_TABLE_ARN'),
    context: anyPartition('ada'),
  },
  ...DIRECTORY_READS,
  {
    by: 'directory/directory-table.ts',
    commands: ['TransactWriteItems: PutItem'],
    on: arnIfIn('DIRECTORY_TABLE_ARN'),
    context: partitions('link'),
  },
];

/** Calling Bedrock: a profile is checked, and its model in every Region that may answer. */
export const BEDROCK: readonly Row[] = [
  ...bedrockRows('gateway/bedrock/bedrock.ts', ['converse', 'converse-stream', 'invoke']),
  ...bedrockRows('gateway/bedrock/bedrock-client.ts', ['chat/completions']),
];

function bedrockRows(by: string, commands: readonly string[]): Row[] {
  return ['direct', 'profile', 'model'].map((part) => ({
    by,
    commands,
    on: ({ fn, destinations }) =>
      destinations
        .filter(({ throughProfile }) => throughProfile !== (part === 'direct'))
        .flatMap(({ sourceRegion, id, modelId, regions }) =>
          part === 'profile'
            ? [`arn:${fn.partition}:bedrock:${sourceRegion}:${fn.account}:inference-profile/${id}`]
            : (part === 'direct' ? [sourceRegion] : regions).map(
                (region) => `arn:${fn.partition}:bedrock:${region}::foundation-model/${modelId}`,
              ),
        ),
    context: ({ fn, destinations }) => {
      const profile = destinations.find(({ throughProfile }) => throughProfile);
      if (part !== 'model' || profile === undefined) return { 'bedrock:InferenceProfileArn': ABSENT };
      const { sourceRegion, id } = profile;
      return {
        'bedrock:InferenceProfileArn': `arn:${fn.partition}:bedrock:${sourceRegion}:${fn.account}:inference-profile/${id}`,
      };
    },
  }));
}

/** Counting requests and tokens. */
export const counters = (variable: string, context: Row['context']): Row => ({
  by: 'gateway/limits/dynamodb-counters.ts',
  commands: ['GetItem', 'UpdateItem'],
  on: arnIn(variable),
  context,
});

/** Starting and finishing a job's step: reading the job, and writing it with a condition. */
export const JOB: readonly Row[] = [
  {
    by: 'workspace/store/table.ts',
    commands: ['GetItem', 'TransactWriteItems: PutItem'],
    on: arnIn('CONVERSATIONS_TABLE_ARN'),
    context: partitions('rights'),
  },
];

/** Encrypting and decrypting under members' keys, and requesting missing ones. */
export const KEYRING: readonly Row[] = [
  ...branchKeyReads(''),
  {
    by: 'workspace/keyring/requested-keys.ts',
    commands: ['GetItem'],
    on: arnIn('BRANCH_KEYS_TABLE_ARN'),
    context: anyPartition('ada'),
  },
  {
    by: 'workspace/keyring/requested-keys.ts',
    commands: ['PutItem'],
    on: arnIn('KEY_REQUESTS_TABLE_ARN'),
    context: anyPartition('ada'),
  },
];
