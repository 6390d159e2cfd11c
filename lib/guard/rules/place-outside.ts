import { refusedPlaces } from '../scan/places-in-text';
import { forEachLeaf, LeafPath } from '../template/leaves';
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
    forEachLeaf(resource.raw.Properties, scope, new LeafPath(undefined, 'Properties'), (text, leafPath) => {
      const sightings = refusedPlaces(boundary, text, scope.deployRegion);
      if (sightings.length === 0) return;
      const path = leafPath.toString();
      if (elsewhere?.test(path) || isPrincipal(path, text)) return;
      const level = SUPPLY.some((pattern) => pattern.test(path)) ? 'info' : 'block';
      for (const { value, decision } of sightings)
        breaches.push({ path, value, place: decision.place, detail: decision.detail, level });
    });
    return breaches;
  },
};
