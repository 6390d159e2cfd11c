import type { RefusalReason } from '../../boundary/decision';
import { isCustomType } from '../owner/declared-places';
import { expectedOf } from '../scan/expected';
import { sightingsIn } from '../scan/places-in-text';
import { MANY } from '../template/hole';
import { forEachLeaf, LeafPath } from '../template/leaves';
import { isMap } from '../template/node';
import { IDENTITY_POLICY_TYPES } from '../template/policy-statements';
import type { Breach, ResourceRule } from './rule';

/** Properties that say where code or a template is read from: supply, which carries no data of the deployment away. */
const SUPPLY = [
  /^\/Properties\/(?:Code|Content)\/(?:S3Bucket|ImageUri)$/,
  /^\/Properties\/(?:CodeUri|ContentUri|ImageUri|TemplateURL)(?:\/|$)/,
  /^\/Properties\/Layers\/\d+$/,
  /^\/Properties\/Location(?:\/ApplicationId|\/SemanticVersion)?$/,
  /^\/Properties\/ContainerDefinitions\/\d+\/Image$/,
];

/** `s3.amazonaws.com` as a principal is the service's name, which is the same in every Region. */
const isPrincipal = (path: string, text: string) =>
  /\/Principal(?:\/|$)/.test(path) && /^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/.test(text);

/** What a rule of its own judges, by more than what the text names. */
function judgedElsewhere(type: string): RegExp | undefined {
  if (IDENTITY_POLICY_TYPES.includes(type)) return /\/PolicyDocument\/Statement/;
  return type === 'AWS::CloudFormation::StackSet' ? /^\/Properties\/TemplateBody/ : undefined;
}

export const placeOutside: ResourceRule = {
  id: 'place-outside',
  title: 'No value names a place outside the boundary',
  why: 'A Region, zone, host, ARN or inference profile in a value is where the resource sends, reads or copies data.',
  fix: 'Name a place inside the boundary, or remove the value.',
  source: 'https://docs.aws.amazon.com/general/latest/gr/rande.html',
  appliesTo: '*',

  check(resource, { boundary, scope }) {
    const breaches: Breach[] = [];
    const elsewhere = judgedElsewhere(resource.type);
    const visit = (text: string, leafPath: LeafPath) => {
      const sightings = sightingsIn(boundary, text, scope.deployRegion, expectedOf(leafPath.name));
      const many = text.includes(MANY);
      if (sightings.length === 0 && !many && !BASE64.test(text)) return;
      const path = leafPath.toString();
      if (elsewhere?.test(path) || isPrincipal(path, text)) return;
      const script = decodedScript(path, text);
      if (script !== undefined) visit(script, leafPath);
      if (many)
        breaches.push({
          path,
          value: text,
          level: 'unresolved',
          detail: 'more values are possible here than can be looked at',
        });
      const supply = SUPPLY.some((pattern) => pattern.test(path));
      for (const { value, decision, isLabel } of sightings) {
        const level = supply || isLabel ? 'info' : UNDECIDED.has(decision.reason) ? 'unresolved' : 'block';
        breaches.push({ path, value: value || text, place: decision.place, detail: decision.detail, level });
      }
    };
    const known = !isCustomType(resource.type);
    forEachLeaf(resource.raw.Properties, scope, new LeafPath(undefined, 'Properties'), known, visit);
    for (const [name, script] of scripts(resource.raw.Metadata)) {
      forEachLeaf(script, scope, new LeafPath(new LeafPath(undefined, 'Metadata'), name), true, visit);
    }
    return breaches;
  },
};

/** A value that depends on something else is undecided; a place that is known to be outside is certain. */
const UNDECIDED: ReadonlySet<RefusalReason> = new Set<RefusalReason>(['placeless']);

/** Metadata that an instance runs when it starts; all other metadata is for people and tools. */
function scripts(metadata: unknown): [string, unknown][] {
  if (!isMap(metadata)) return [];
  return ['AWS::CloudFormation::Init', 'AWS::CloudFormation::Authentication'].flatMap((name): [string, unknown][] =>
    Object.hasOwn(metadata, name) ? [[name, metadata[name]]] : [],
  );
}

const BASE64 = /^[A-Za-z0-9+/]{16,}={0,2}$/;

/** A start script that is written in Base64 already. */
function decodedScript(path: string, text: string): string | undefined {
  return path.endsWith('/UserData') && BASE64.test(text) ? Buffer.from(text, 'base64').toString('utf8') : undefined;
}
