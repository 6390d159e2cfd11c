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

/** What a resource is drawn in: a box by the path of its construct, or its whole stack as one. */
type Boxing = (node: Node) => string;

const EACH_ALONE: Boxing = ({ path: construct }) => construct;
const WHOLE_STACK = '';

/** How often each kind is in a box: `2 functions, state machine`. */
function contents(nodes: readonly Node[]): string {
  const kinds = nodes.map(({ type }) => DRAWN[type] ?? '');
  return [...new Set(kinds)]
    .map((kind) => [kind, kinds.filter((other) => other === kind).length] as const)
    .map(([kind, count]) => (count === 1 ? kind : `${count} ${kind}s`))
    .join(', ');
}

function diagram(folder: string, boxing: Boxing = EACH_ALONE): string {
  const nodes = nodesOf(folder);
  const boxes = new Map<string, Node[]>();
  const boxOf = (node: Node) => `${node.stack}/${boxing(node)}`;
  for (const node of nodes.values()) {
    if (DRAWN[node.type] !== undefined) boxes.set(boxOf(node), [...(boxes.get(boxOf(node)) ?? []), node]);
  }
  const names = new Map([...boxes.keys()].map((box, index) => [box, `n${index}`]));
  const groups = [...new Set([...nodes.values()].map(({ stack }) => stack))].flatMap((stack, index) => {
    const own = [...boxes].filter(([, [first]]) => first?.stack === stack);
    const drawn = own.map(([box, held]) => {
      const label = box.slice(stack.length + 1) || stack;
      return `${names.get(box)}["${label}<br/>${contents(held)}"]`;
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

let synthesized: string | undefined;

/** The assembly of the sample with the paths of its constructs, as the CLI makes it; once, for both pictures. */
function assembly(): string {
  synthesized ??= synthesize();
  return synthesized;
}

function synthesize(): string {
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

/** What stands before and after the picture in README, which is written by hand otherwise. */
const [BEFORE, AFTER] = ['<!-- Drawn by `npm run docs`. -->\n', '<!-- The end of what is drawn. -->'];

/** A box for each part of a tenant, and one for all of the foundation. */
const PARTS: Boxing = ({ stack, path: construct }) =>
  stack.endsWith('-foundation') ? WHOLE_STACK : construct.split('/').slice(0, 2).join('/');

/** The picture in README: the same, part by part. */
export const readmePicture: Page = {
  file: 'README.md',
  render: () => {
    const text = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
    const [head = '', rest] = text.split(BEFORE);
    const [, tail] = rest?.split(AFTER) ?? [];
    if (tail === undefined)
      throw new Error(`README.md: the picture must stand between '${BEFORE.trim()}' and '${AFTER}'`);
    const picture = diagram(assembly(), PARTS);
    return `${head}${BEFORE}\n\`\`\`mermaid\n${picture}\n\`\`\`\n\n${AFTER}${tail}`;
  },
};
