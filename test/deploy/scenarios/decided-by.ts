/** Whose code decided what a section of a run saw. */
export interface Deciders {
  /** The emulator's own code, which no one here wrote. */
  readonly emulator: string;
  /** Our corrections, completions and types of the emulator, and our own servers. */
  readonly ours: string;
  /** Values that our code stores and returns as the template has them: they prove the template, and no service. */
  readonly echoes: string;
}

export const NONE = '-';

/** Each section of the sample's run, by its title. docs/DEPLOY-TEST.md has the same rows. */
export const DECIDED_BY: Readonly<Record<string, Deciders>> = {
  'install and start': { emulator: 'its start', ours: NONE, echoes: NONE },
  deploy: {
    emulator:
      'order, references and functions of the templates; change sets; roles and policies; custom resources as calls of functions',
    ours: 'global tables, trail, flow log, web ACL association and logging, security group rules, peering; names of resources; descriptions and outputs of stacks; the URL of custom resources; the second endpoint of a service',
    echoes: NONE,
  },
  'read back: keys': { emulator: 'keys, aliases, policies, rotation', ours: NONE, echoes: NONE },
  'read back: table': {
    emulator: 'encryption, expiry, protection, recovery as a switch',
    ours: 'the tables, created from the properties of a global table',
    echoes: 'days of recovery',
  },
  'read back: buckets': {
    emulator: 'encryption, versioning, policies, lifecycle, lock',
    ours: 'properties in the terms of the API of S3',
    echoes: NONE,
  },
  'read back: roles': { emulator: 'roles and their policies', ours: NONE, echoes: NONE },
  'read back: every role': { emulator: 'roles and their policies', ours: NONE, echoes: NONE },
  "read back: the gateway roles' access": {
    emulator: 'simulated decisions on policies',
    ours: 'the context of a simulated call, ARNs of log groups and of principals',
    echoes: NONE,
  },
  'read back: rights roles': {
    emulator: 'simulated decisions on policies',
    ours: 'the context of a simulated call, ARNs of log groups and of principals',
    echoes: NONE,
  },
  'read back: logs': { emulator: 'log groups, retention, keys, resource policy', ours: NONE, echoes: NONE },
  'read back: APIs': {
    emulator: 'resources, methods, authorizers, gateway responses, type of the endpoint',
    ours: "the web ACL's association",
    echoes: 'TLS policy, access by the host name, streaming of methods, destination of the access log',
  },
  'read back: members': {
    emulator: 'pool, client, groups, authorizer',
    ours: 'the network in which the deployed function reads the keys',
    echoes: NONE,
  },
  'read back: functions': {
    emulator: 'code, runtime, role, environment',
    ours: NONE,
    echoes: 'subnets and security groups',
  },
  'read back: network': {
    emulator: 'VPC, routes, endpoints, flow log',
    ours: 'names of endpoints, rules of security groups',
    echoes: 'policy, security groups and private DNS of endpoints',
  },
  'read back: web ACL': {
    emulator: 'rules',
    ours: 'search strings in base64',
    echoes: 'logging',
  },
  'read back: trail': {
    emulator: 'trail and its selectors',
    ours: 'the trail, created from its properties',
    echoes: NONE,
  },
  'read back: Bedrock': {
    emulator: 'logging of invocations',
    ours: 'the retention mode of each Region, life cycle of models, Regions of profiles',
    echoes: NONE,
  },
  'read back: alerts': {
    emulator: 'alarms, metric filter, rules, policy of the topic',
    ours: NONE,
    echoes: 'key of the topic',
  },
  'read back: refused calls': {
    emulator: 'policies of roles, keys and buckets',
    ours: 'encryption contexts, ReEncrypt, policies of endpoints',
    echoes: NONE,
  },
  'nothing in other Regions': { emulator: 'all lists', ours: NONE, echoes: NONE },
  call: {
    emulator: 'pool with its sign-in page and tokens, tables, buckets, keys, policies of roles',
    ours: 'API Gateway, Lambda, Bedrock, encryption contexts, policies of endpoints',
    echoes: NONE,
  },
  store: { emulator: 'tables, buckets, keys', ours: 'API Gateway, Lambda, Bedrock, encryption contexts', echoes: NONE },
  ledger: {
    emulator: 'buckets with their policies and locks, keys and signatures, log groups, policies of roles, functions',
    ours: 'the delivery of log lines and their time, names of log groups, the context of a signature',
    echoes: NONE,
  },
  update: {
    emulator: 'change sets, replacement of resources',
    ours: 'updates of the types that are ours',
    echoes: NONE,
  },
  domain: {
    emulator: 'records of the domain and its mappings',
    ours: "the check of the domain's certificate, API Gateway with its routes by host name",
    echoes: NONE,
  },
  'another period': {
    emulator: 'state machine, tables, buckets',
    ours: 'API Gateway, Lambda, encryption contexts',
    echoes: NONE,
  },
  'failed update': { emulator: 'roll back', ours: 'updates of the types that are ours', echoes: NONE },
  'nothing in other Regions after the updates': { emulator: 'all lists', ours: NONE, echoes: NONE },
  closure: {
    emulator: 'state machine, tables, buckets, deletion of keys',
    ours: 'API Gateway, Lambda, encryption contexts',
    echoes: NONE,
  },
  destroy: {
    emulator: 'protection, order, retained resources',
    ours: 'deletion of the types that are ours',
    echoes: NONE,
  },
};

/** The rows of the page. */
export const decidedRows = (sections: Readonly<Record<string, Deciders>> = DECIDED_BY): readonly string[] =>
  Object.entries(sections).map(
    ([section, { emulator, ours, echoes }]) => `| ${section} | ${emulator} | ${ours} | ${echoes} |`,
  );
