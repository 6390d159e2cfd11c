import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ResidencyDeployment } from '../../lib/app/residency-deployment';
import type { Page } from './page';

const ROOT = path.join(__dirname, '../..');

/** What is drawn of an assembly, and what each is called. */
const DRAWN: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::RestApi': 'REST API',
  'AWS::CloudTrail::Trail': 'trail',
  'AWS::Cognito::UserPool': 'user pool',
  'AWS::DynamoDB::GlobalTable': 'table',
  'AWS::EC2::VPC': 'VPC without a way out',
  'AWS::EC2::VPCEndpoint': 'endpoint',
  'AWS::KMS::Key': 'key',
  'AWS::Lambda::Function': 'function',
  'AWS::S3::Bucket': 'bucket',
  'AWS::SNS::Topic': 'topic',
  'AWS::StepFunctions::StateMachine': 'state machine',
  'AWS::WAFv2::WebACL': 'web ACL',
};

interface Node {
  readonly id: string;
  readonly stack: string;
  readonly type: string;
  readonly path: string;
  readonly refers: ReadonlySet<string>;
}

type Template = {
  Resources: Record<string, { Type: string; Properties?: unknown; Metadata?: Record<string, string> }>;
} & {
  Outputs?: Record<string, { Value: unknown; Export?: { Name: string } }>;
};

/** Every value of an intrinsic function at any depth of a node. */
function* calls(node: unknown, name: string): Generator<unknown> {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === name) yield value;
    yield* calls(value, name);
  }
}

function localReferences(node: unknown): string[] {
  const attributes = [...calls(node, 'Fn::GetAtt')].map((value) => (Array.isArray(value) ? value[0] : value));
  return [...calls(node, 'Ref'), ...attributes].filter((value) => typeof value === 'string');
}

/** The resources of an assembly, each with those that it refers to, also in other stacks. */
function nodesOf(folder: string): Map<string, Node> {
  const templates = readdirSync(folder)
    .filter((file) => file.endsWith('.template.json'))
    .map((file): [string, Template] => [
      file.slice(0, -'.template.json'.length),
      JSON.parse(readFileSync(path.join(folder, file), 'utf8')),
    ]);
  const exports = new Map<unknown, string>();
  for (const [stack, { Outputs = {} }] of templates) {
    for (const { Value, Export } of Object.values(Outputs)) {
      const [target] = localReferences(Value);
      if (Export && target) exports.set(Export.Name, `${stack}/${target}`);
    }
  }
  const nodes = new Map<string, Node>();
  for (const [stack, { Resources }] of templates) {
    for (const [logicalId, { Type, Properties, Metadata }] of Object.entries(Resources)) {
      const refers = [
        ...localReferences(Properties).map((target) => `${stack}/${target}`),
        ...[...calls(Properties, 'Fn::ImportValue')].map((name) => exports.get(name)).filter((id) => id !== undefined),
      ];
      const parts = Metadata?.['aws:cdk:path']?.split('/').slice(1, -1) ?? [logicalId];
      const construct = parts.filter((part) => part !== 'Resource').join('/');
      nodes.set(`${stack}/${logicalId}`, {
        id: logicalId,
        stack,
        type: Type,
        path: construct,
        refers: new Set(refers),
      });
    }
  }
  return nodes;
}

/** What joins two resources without being drawn: a policy gives its role's function rights, a method leads its API to a function. */
const JOINS: Readonly<Record<string, string>> = {
  'AWS::IAM::Policy': 'AWS::IAM::Role',
  'AWS::ApiGateway::Method': 'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Authorizer': 'AWS::ApiGateway::RestApi',
  'AWS::WAFv2::WebACLAssociation': 'AWS::WAFv2::WebACL',
};

/** The arrows between what is drawn: who refers to whom, by way of what isn't drawn. */
function arrowsOf(nodes: ReadonlyMap<string, Node>): [string, string][] {
  const leads = new Map([...nodes].map(([id, { refers }]) => [id, new Set(refers)]));
  for (const { type, refers } of nodes.values()) {
    const from = [...refers].filter((id) => nodes.get(id)?.type === JOINS[type]);
    for (const id of from) for (const to of refers) if (to !== id) leads.get(id)?.add(to);
  }
  const isDrawn = (id: string) => DRAWN[nodes.get(id)?.type ?? ''] !== undefined;
  const reach = (id: string, seen: Set<string>): string[] =>
    [...(leads.get(id) ?? [])].flatMap((next) => {
      if (seen.has(next) || !nodes.has(next)) return [];
      seen.add(next);
      if (isDrawn(next)) return [next];
      return THROUGH.includes(nodes.get(next)?.type ?? '') ? reach(next, seen) : [];
    });
  return (
    [...nodes.keys()]
      // A key's policy names who may use it, which is an arrow to the key already.
      .filter((id) => isDrawn(id) && nodes.get(id)?.type !== 'AWS::KMS::Key')
      .flatMap((from) => [...new Set(reach(from, new Set([from])))].map((to): [string, string] => [from, to]))
  );
}

/** What an arrow may pass through: whose rights a function has, and where it stands in the network. */
const THROUGH = ['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::EC2::Subnet', 'AWS::EC2::SecurityGroup'];

function diagram(folder: string): string {
  const nodes = nodesOf(folder);
  const drawn = [...nodes].filter(([, { type }]) => DRAWN[type] !== undefined);
  const names = new Map(drawn.map(([id], index) => [id, `n${index}`]));
  const stacks = [...new Set([...nodes.values()].map(({ stack }) => stack))];
  const groups = stacks.flatMap((stack, index) => [
    `  subgraph s${index}["${stack}"]`,
    ...drawn
      .filter(([, node]) => node.stack === stack)
      .map(([id, node]) => `    ${names.get(id)}["${node.path}<br/>${DRAWN[node.type]}"]`),
    '  end',
  ]);
  const arrows = arrowsOf(nodes).map(([from, to]) => `  ${names.get(from)} --> ${names.get(to)}`);
  return ['flowchart LR', ...groups, ...arrows].join('\n');
}

/** Synthesizes the sample with the paths of its constructs, as the CLI does. */
function assembly(): string {
  const outdir = mkdtempSync(path.join(tmpdir(), 'architecture-'));
  const { CDK_CONTEXT_JSON: before } = process.env;
  process.env.CDK_CONTEXT_JSON = JSON.stringify({
    ...JSON.parse(readFileSync(path.join(ROOT, 'cdk.json'), 'utf8')).context,
    'aws:cdk:enable-path-metadata': true,
  });
  try {
    ResidencyDeployment.fromFile({ config: path.join(ROOT, 'residency.yaml'), outdir }).synth();
  } finally {
    if (before === undefined) delete process.env.CDK_CONTEXT_JSON;
    else process.env.CDK_CONTEXT_JSON = before;
  }
  return outdir;
}

/** `docs/ARCHITECTURE.md`: a picture of what the sample deploys, drawn from its assembly. */
export const architecturePage: Page = {
  file: 'docs/ARCHITECTURE.md',
  render: () => `<!-- Generated by \`npm run docs\`. Do not edit. -->

# What the sample deploys

Drawn from the assembly of the sample \`residency.yaml\`: each box is a resource, and an arrow leads from what refers to something, or has
rights to it, to that. Roles, policies, subnets, log groups and alarms aren't drawn. \`npx cdk synth\` lists every store with its Region, key and period.

\`\`\`mermaid
${diagram(assembly())}
\`\`\`
`,
};
