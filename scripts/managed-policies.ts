/**
 * Evaluates the text of every AWS managed policy with the guard, and writes lib/facts/source/managed-policies.json:
 * `npm run policies -- FOLDER DATE SOURCE`. The folder has one JSON file for each policy, named after it: the
 * document, or an answer of `aws iam get-policy-version`. Run `npm run facts` afterwards.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ResidencyBoundary } from '../lib/boundary/boundary';
import { checkTemplate } from '../lib/guard/check/check-template';
import { blocks } from '../lib/guard/finding';
import { mayReach } from '../lib/guard/iam/managed-policy';
import type { Json } from '../lib/guard/template/parse';

const TARGET = path.join(__dirname, '../lib/facts/source/managed-policies.json');

/** Calls that send no content: web ACLs of a gateway, exports, and a search in a memory, which returns content. */
const NO_CONTENT = /:(?:Gateway\w*WebACL\w*|export\w*|RetrieveMemoryRecords)$/i;

/** What a policy allows outside the EU: calls to Bedrock or to SageMaker, or a resource in a place that it names. */
type Reach = 'bedrock' | 'sagemaker' | 'place';

const ABOUT =
  'AWS managed policies by what their text allows outside the EU. `narrow` lists those whose name suggests it and whose text does not.';

function main([folder = '', asOf, source]: readonly string[]): void {
  const wide: Record<Reach, string[]> = { bedrock: [], sagemaker: [], place: [] };
  const narrow: string[] = [];
  for (const file of readdirSync(folder).sort()) {
    const name = path.basename(file, '.json');
    const policy = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    // Only a service can attach it, to a role of its own.
    if (/:policy\/aws-service-role\//.test(policy.arn)) continue;
    const reach = reachOf(documentIn(policy));
    if (reach !== undefined) wide[reach].push(name);
    else if (mayReach(name)) narrow.push(name);
  }
  const facts = { asOf, source, confidence: 'medium', about: ABOUT, ...wide, narrow };
  writeFileSync(TARGET, `${JSON.stringify(facts, undefined, 2)}\n`);
}

const documentIn = ({ document, PolicyVersion, ...other }: Json): Json =>
  (document ?? (PolicyVersion as Json | undefined)?.Document ?? other) as Json;

function reachOf({ Statement }: Json): Reach | undefined {
  const statements = (Array.isArray(Statement) ? Statement : [Statement]).map(withContent).filter(hasActions);
  const template = {
    Resources: {
      Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: statements } } },
    },
  };
  const { findings } = checkTemplate(template, {
    boundary: ResidencyBoundary.eu(),
    stack: 'policy',
    deployRegion: 'eu-central-1',
  });
  const [finding] = findings.filter((one) => one.rule === 'iam-reach' && blocks(one));
  if (finding === undefined) return undefined;
  return /Bedrock/.test(finding.message) ? 'bedrock' : /SageMaker/.test(finding.message) ? 'sagemaker' : 'place';
}

function withContent(statement: Json): Json {
  const { Action } = statement;
  if (Action === undefined || statement.Effect === 'Deny') return statement;
  return { ...statement, Action: [Action].flat().filter((action) => !NO_CONTENT.test(String(action))) };
}

const hasActions = ({ Action }: Json) => !(Array.isArray(Action) && Action.length === 0);

main(process.argv.slice(2));
