import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from './page';
import { sampleAssembly } from './sample-assembly';

/** The resource types that are drawn, each with its label. */
const DRAWN: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::RestApi': 'REST API',
  'AWS::CloudTrail::Trail': 'trail',
  'AWS::Cognito::UserPool': 'user pool',
  'AWS::DynamoDB::GlobalTable': 'table',
  'AWS::EC2::VPC': 'isolated VPC',
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

/** The resources of an assembly, each with the resources that it references, other stacks included. */
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

/** Types that connect two resources but aren't drawn: a policy grants permissions to a role, a method routes an API to a function. */
const JOINS: Readonly<Record<string, string>> = {
  'AWS::IAM::Policy': 'AWS::IAM::Role',
  'AWS::ApiGateway::Method': 'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Authorizer': 'AWS::ApiGateway::RestApi',
  'AWS::WAFv2::WebACLAssociation': 'AWS::WAFv2::WebACL',
};

/** The arrows between drawn resources: their references, followed through resources that aren't drawn. */
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
      // A key's policy names its principals, and each of them has an arrow to the key already.
      .filter((id) => isDrawn(id) && nodes.get(id)?.type !== 'AWS::KMS::Key')
      .flatMap((from) => [...new Set(reach(from, new Set([from])))].map((to): [string, string] => [from, to]))
  );
}

/** Types that an arrow may pass through: a function's permissions and its place in the network. */
const THROUGH = ['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::EC2::Subnet', 'AWS::EC2::SecurityGroup'];

/** The box of a resource: the path of its construct, or its whole stack. */
type Boxing = (node: Node) => string;

const EACH_RESOURCE: Boxing = ({ path: construct }) => construct;
const WHOLE_STACK = '';

/** The number of each kind in a box: `2 functions, state machine`. */
function contents(nodes: readonly Node[]): string {
  const kinds = nodes.map(({ type }) => DRAWN[type] ?? '');
  return [...new Set(kinds)]
    .map((kind) => [kind, kinds.filter((other) => other === kind).length] as const)
    .map(([kind, count]) => (count === 1 ? kind : `${count} ${kind}s`))
    .join(', ');
}

function diagram(folder: string, boxing: Boxing): string {
  const nodes = nodesOf(folder);
  const boxes = new Map<string, Node[]>();
  const boxOf = (node: Node) => `${node.stack}/${boxing(node)}`;
  for (const node of nodes.values()) {
    if (DRAWN[node.type] !== undefined) boxes.set(boxOf(node), [...(boxes.get(boxOf(node)) ?? []), node]);
  }
  const names = new Map([...boxes.keys()].map((box, index) => [box, `n${index}`]));
  const groups = [...new Set([...nodes.values()].map(({ stack }) => stack))].flatMap((stack, index) => {
    const own = [...boxes].filter(([, [first]]) => first?.stack === stack);
    const drawn = own.map(([box, resources]) => {
      const label = box.slice(stack.length + 1) || stack;
      return `${names.get(box)}["${label}<br/>${contents(resources)}"]`;
    });
    return names.has(`${stack}/${WHOLE_STACK}`)
      ? drawn.map((line) => `  ${line}`)
      : [`  subgraph s${index}["${stack}"]`, ...drawn.map((line) => `    ${line}`), '  end'];
  });
  const boxOfId = (id: string) => boxOf(nodes.get(id) as Node);
  const arrows = arrowsOf(nodes)
    .map(([from, to]) => [boxOfId(from), boxOfId(to)] as const)
    .filter(([from, to]) => from !== to)
    .map(([from, to]) => `  ${names.get(from)} --> ${names.get(to)}`);
  return ['flowchart LR', ...groups, ...new Set(arrows)].join('\n');
}

/** The types of an assembly's resources that no graph shows. */
const undrawnTypes = (folder: string): string[] =>
  [...new Set([...nodesOf(folder).values()].map(({ type }) => type))]
    .filter((type) => DRAWN[type] === undefined)
    .sort();

/** One box for each part of a tenant, and one for the whole foundation. */
const PARTS: Boxing = ({ stack, path: construct }) =>
  stack.endsWith('-foundation') ? WHOLE_STACK : construct.split('/').slice(0, 2).join('/');

/** `docs/ARCHITECTURE.md`: the parts that the sample deploys, then each resource of a type that is drawn, and the other types. */
export const architecturePage: Page = {
  file: 'docs/ARCHITECTURE.md',
  render: () => `<!-- Generated by \`npm run docs\`. Do not edit. -->

# What the sample deploys

Both graphs are drawn from the assembly of the sample \`residency.yaml\`. An arrow points from a resource to whatever it references or has
permissions on. \`npx cdk synth\` lists every store with its Region, key and retention period.

## By part

Each box is one part of a tenant; the foundation is a single box. The projects' gateway has no arrow to any content store.

\`\`\`mermaid
${diagram(sampleAssembly(), PARTS)}
\`\`\`

## By resource

Each box is one resource.

\`\`\`mermaid
${diagram(sampleAssembly(), EACH_RESOURCE)}
\`\`\`

## Not drawn

The sample also has resources of these types, such as roles, policies, subnets, log groups and alarms:

${undrawnTypes(sampleAssembly())
  .map((type) => `- \`${type}\``)
  .join('\n')}
`,
};
