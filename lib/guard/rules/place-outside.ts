import type { RefusalReason } from '../../boundary/decision';
import { isCustomType } from '../rule/declared-places';
import type { Breach, ResourceRule } from '../rule/rule';
import { decoded, decodedText } from '../scan/base64';
import { expectedOf } from '../scan/expected';
import { harmlessAt, type Standing } from '../scan/harmless';
import { sightingsIn } from '../scan/places-in-text';
import type { Sighting } from '../scan/sighting';
import { MANY } from '../template/hole';
import { forEachLeaf, type Keys, LeafPath } from '../template/leaves';
import { isMap } from '../template/node';
import { IDENTITY_POLICY_TYPES } from '../template/policy-statements';

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
    const visit = (text: string, leaf: LeafPath, keys: Keys) => {
      const sightings = sightingsIn(boundary, text, scope.deployRegion, expectedOf(leaf.name));
      const hidden = hiddenText(text, leaf, keys);
      const isMany = text.includes(MANY);
      if (sightings.length === 0 && !isMany && hidden === undefined) return;
      const path = leaf.toString();
      if (elsewhere?.test(path) || isPrincipal(path, text)) return;
      if (hidden !== undefined) visit(hidden, leaf, keys);
      if (isMany) breaches.push(tooMany(path, text));
      for (const sighting of sightings)
        breaches.push(breachOf(sighting, { type: resource.type, text, leaf, path, keys }));
    };
    const keys = isCustomType(resource.type) ? 'app' : 'template';
    forEachLeaf(resource.raw.Properties, scope, new LeafPath(undefined, 'Properties'), keys, visit);
    for (const [name, script] of scripts(resource.raw.Metadata)) {
      forEachLeaf(script, scope, new LeafPath(new LeafPath(undefined, 'Metadata'), name), 'template', visit);
    }
    return breaches;
  },
};

const tooMany = (path: string, value: string): Breach => ({
  path,
  value,
  level: 'unresolved',
  detail: 'more values are possible here than can be looked at',
});

function breachOf(sighting: Sighting, at: Standing & { readonly path: string }): Breach {
  const { value, decision } = sighting;
  const found = { path: at.path, place: decision.place, ...(value !== '' && { value }) };
  const harmless = harmlessAt(sighting, at);
  if (harmless !== undefined) return { ...found, detail: `${decision.detail}; ${harmless}`, level: 'info' };
  return { ...found, detail: decision.detail, level: UNDECIDED.has(decision.reason) ? 'unresolved' : 'block' };
}

/** A value that depends on something else is undecided; a place that is known to be outside is certain. */
const UNDECIDED: ReadonlySet<RefusalReason> = new Set<RefusalReason>(['placeless']);

/** A start script in Base64, or a setting of the app that is. */
function hiddenText(text: string, leaf: LeafPath, keys: Keys): string | undefined {
  if (leaf.name === 'UserData') return decoded(text);
  return keys === 'app' ? decodedText(text) : undefined;
}

/** Metadata that an instance runs when it starts; all other metadata is for people and tools. */
function scripts(metadata: unknown): [string, unknown][] {
  if (!isMap(metadata)) return [];
  return ['AWS::CloudFormation::Init', 'AWS::CloudFormation::Authentication'].flatMap((name): [string, unknown][] =>
    Object.hasOwn(metadata, name) ? [[name, metadata[name]]] : [],
  );
}
