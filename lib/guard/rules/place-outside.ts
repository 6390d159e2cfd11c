import type { RefusalReason } from '../../boundary/decision';
import { isCustomType } from '../rule/declared-places';
import type { ResourceRule, Violation } from '../rule/rule';
import { decoded, decodedParts } from '../scan/base64';
import { withoutComments } from '../scan/comments';
import { expectedOf } from '../scan/expected';
import { type MatchContext, whyHarmless } from '../scan/harmless';
import { languageOf } from '../scan/language';
import type { PlaceMatch } from '../scan/place-match';
import { placeMatchesIn } from '../scan/places-in-text';
import { texts } from '../template/expand';
import { forEachLeaf, type Keys, LeafPath } from '../template/leaves';
import { TooDeep } from '../template/nesting';
import { isMap } from '../template/node';
import { locatedNode } from '../template/node-at';
import { parametersIn } from '../template/parameters-in';
import { TOO_DEEP, TOO_MANY } from '../template/placeholder';
import { IDENTITY_POLICY_TYPES } from '../template/policy-statements';
import type { Resource } from '../template/resource';

/** `s3.amazonaws.com` as a principal is the service's name, which is the same in every Region. */
const isPrincipal = (path: string, text: string) =>
  /\/Principal(?:\/|$)/.test(path) && /^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/.test(text);

/** Properties that another rule checks in more detail than their text alone. */
function checkedElsewhere(type: string): RegExp | undefined {
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
    const violations: Violation[] = [];
    const combined = new Set<string>();
    const elsewhere = checkedElsewhere(resource.type);
    const visit = (text: string, leaf: LeafPath, keys: Keys, depth = 0) => {
      const matches = placeMatchesIn(boundary, text, scope.deployRegion, expectedOf(leaf.name));
      const hidden = hiddenTexts(text, leaf);
      const isDeep = text === TOO_DEEP;
      const isMany = text.includes(TOO_MANY) || (hidden.length > 0 && depth === MAX_LAYERS);
      if (matches.length === 0 && !isDeep && !isMany && hidden.length === 0) return;
      const path = leaf.toString();
      if (elsewhere?.test(path) || isPrincipal(path, text)) return;
      if (isDeep) violations.push(tooDeep(path));
      else if (isMany) visitMany(text, leaf, keys, depth);
      else for (const part of hidden) visit(part, leaf, keys, depth + 1);
      const code = matches.length === 0 ? undefined : codeOf(resource, path, text);
      const inCode = code === undefined ? matches : placeMatchesIn(boundary, code, scope.deployRegion);
      const at = { resource, text, leaf, path, keys };
      for (const match of inCode) violations.push(violationOf(match, at));
      for (const match of matches) {
        if (!inCode.some(({ value }) => value === match.value)) violations.push(inComment(match, path));
      }
    };
    /** A JSON text with too many combinations has many leaves, but is one finding. */
    const visitMany = (text: string, leaf: LeafPath, keys: Keys, depth: number) => {
      const { path, node } = locatedNode(resource.raw, leaf.toString());
      if (combined.has(path)) return;
      combined.add(path);
      const names = parametersIn(node, scope);
      violations.push(tooMany(path, path === leaf.toString() ? text : undefined, names));
      // What each parameter can name by itself is certain, whatever the others are.
      const values = new Set(names.flatMap((name) => texts({ Ref: name }, scope)));
      for (const value of values) if (!value.includes(TOO_MANY)) visit(value, LeafPath.of(path), keys, depth);
    };
    const keys = isCustomType(resource.type) ? 'app' : 'template';
    forEachLeaf(resource.raw.Properties, scope, new LeafPath(undefined, 'Properties'), keys, visit);
    for (const [name, script] of scripts(resource.raw.Metadata)) {
      forEachLeaf(script, scope, new LeafPath(new LeafPath(undefined, 'Metadata'), name), 'template', visit);
    }
    return violations;
  },
};

const tooDeep = (path: string): Violation => ({
  path,
  level: 'unresolved',
  detail: `this text can't be read: ${new TooDeep().reason}`,
});

const tooMany = (path: string, value: string | undefined, names: readonly string[]): Violation => ({
  path,
  ...(value !== undefined && { value }),
  level: 'unresolved',
  ...(names.length < 2
    ? { detail: 'there are more possible values here than the guard can check' }
    : {
        detail: `there are more combinations of the values of ${names.map((name) => `'${name}'`).join(', ')} than the guard can check`,
        fix: 'Limit the allowed values of some of these parameters, or divide the value into several that use fewer of them.',
      }),
});

function violationOf(match: PlaceMatch, at: MatchContext & { readonly path: string }): Violation {
  const { value, decision } = match;
  const common = { path: at.path, place: decision.place, ...(value !== '' && { value }) };
  const harmless = whyHarmless(match, at);
  if (harmless !== undefined)
    return { ...common, detail: `${decision.detail}; ${harmless}`, level: 'info', fix: NO_ACTION };
  const level = UNDECIDED.has(decision.reason) ? 'unresolved' : 'block';
  return { ...common, detail: decision.detail, level, ...(DENY_LIST.test(at.leaf.name) && { fix: FIX_OF_DENY_LIST }) };
}

const NO_ACTION = 'No action is needed: no data leaves here.';

/** A script or program without its comments; none if they can't be told apart. */
function codeOf(resource: Resource, path: string, text: string): string | undefined {
  const language = languageOf(resource, path, text);
  return language === undefined ? undefined : withoutComments(text, language);
}

const inComment = ({ value, decision }: PlaceMatch, path: string): Violation => ({
  path,
  ...(value !== '' && { value }),
  place: decision.place,
  detail: `${decision.detail}; it is only in a comment`,
  level: 'info',
  fix: NO_ACTION,
});

/** Names of lists that forbid places, which sends no data there; the guard can't see what reads them. */
const DENY_LIST = /block|den(?:y|ied)|exclu|forbid|disallow|restrict|banned/i;
const FIX_OF_DENY_LIST =
  'Name a place inside the boundary, or remove the value. If this is a list that only forbids places, permit it with an exception that says so.';

/** A value that depends on something else is undecided; a place known to be outside the boundary is certain. */
const UNDECIDED: ReadonlySet<RefusalReason> = new Set<RefusalReason>(['placeless']);

/** Texts in Base64 within texts in Base64, up to this depth: decompression can make each layer larger than the one around it. */
const MAX_LAYERS = 4;

/** What a text holds in Base64. */
function hiddenTexts(text: string, leaf: LeafPath): readonly string[] {
  // A key is visited under its own name; none is Base64.
  if (text === leaf.name) return [];
  const script = leaf.name === 'UserData' ? decoded(text) : undefined;
  return script === undefined ? decodedParts(text) : [script];
}

/** Metadata that an instance runs at start-up; all other metadata is for people and tools. */
function scripts(metadata: unknown): [string, unknown][] {
  if (!isMap(metadata)) return [];
  return ['AWS::CloudFormation::Init', 'AWS::CloudFormation::Authentication'].flatMap((name): [string, unknown][] =>
    Object.hasOwn(metadata, name) ? [[name, metadata[name]]] : [],
  );
}
