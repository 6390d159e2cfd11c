import { factsOf } from '@/lib/boundary/facts-of';
import { decideProfile } from '@/lib/boundary/profile';
import { TAGS } from '@/lib/contract/tags';
import type { PerimeterScope } from '@/lib/perimeter/organization/scope';
import { all, any, type Formula, matching, not } from '../encoding/formula';
import { like } from '../encoding/pattern';
import { actionIn, keyIs, NO_RESOURCE, partOf, present, RESOURCE } from '../encoding/variables';
import { inference, modelCalls, profileCalls, retentionModes, routedCalls, settingsChanges } from './bedrock';
import { arnOfKey, isNoDeployer, partIs, regionsOf, type Theorem, theorem } from './theorem';

const KEY = 'bedrock:InferenceProfileArn';

/** Settings that are new in Bedrock's API, and that AWS's service data doesn't have yet. */
const UNLISTED_SETTINGS = [
  'bedrock:Delete*DataRetentionStorage',
  'bedrock:Put*DataRetention*',
  'bedrock:PutTrustedAccessProgram*',
  'bedrock:StartTrustedAccessProgram*',
];

const PATHS = {
  inference: 'inference-profile',
  guardrail: 'guardrail-profile',
  'data-automation': 'data-automation-profile',
} as const;

/** A variable's ARN is a profile that reaches only Regions inside the boundary from the Region in the ARN: the boundary decides on each pair. */
function isInsideProfile(scope: PerimeterScope, name: string): Formula {
  const profiles = factsOf(scope.boundary).profiles;
  const paths = new Map(profiles.map(({ id, kind }) => [`${PATHS[kind]}/${id}`, id]));
  return any(
    ...regionsOf(scope).map((region) => {
      const inside = [...paths].filter(([, id]) => decideProfile(scope.boundary, region, id, () => '').inside);
      return all(partIs(name, 'region', region), partIs(name, 'path', ...inside.map(([path]) => path)));
    }),
  );
}

/** A variable's ARN is that of a cross-Region profile, of any kind. */
const isProfile = (name: string): Formula =>
  any(...Object.values(PATHS).map((path) => matching(partOf(name, 'path'), like(`${path}/*`))));

/** A variable's ARN is a prompt router, which chooses a model or profile of its own. */
const isRouter = (name: string): Formula =>
  any(...['default-prompt-router/*', 'prompt-router/*'].map((path) => matching(partOf(name, 'path'), like(path))));

/** A variable's ARN is a model, a profile or a router that may process content outside the boundary. */
function isModelOutside(scope: PerimeterScope, name: string): Formula {
  const isElsewhere = not(partIs(name, 'region', ...regionsOf(scope)));
  return all(
    partIs(name, 'service', 'bedrock'),
    any(isElsewhere, isRouter(name), all(isProfile(name), not(isInsideProfile(scope, name)))),
  );
}

const named = (scope: PerimeterScope, actions: readonly string[]): Formula =>
  all(actionIn(actions), not(NO_RESOURCE), isModelOutside(scope, RESOURCE));

export const MODEL_THEOREMS: readonly Theorem[] = [
  theorem(
    'no content is sent to a model, profile or guardrail outside the boundary, nor to a model without a Region or a prompt router',
    ['scp', 'permissions-boundary'],
    (scope) => named(scope, inference()),
  ),
  theorem('no model outside the boundary is asked whether it made a content', 'scp', (scope) =>
    named(scope, ['bedrock:DetectGeneratedContent']),
  ),
  theorem(
    'no job, router or profile is made for a model or profile outside the boundary, nor for a prompt router',
    'scp',
    (scope) => named(scope, modelCalls()),
  ),
  theorem('no model answers for a profile that reaches outside the boundary', 'scp', (scope) =>
    all(
      actionIn(profileCalls()),
      present(KEY),
      any(
        not(partIs(arnOfKey(KEY), 'service', 'bedrock')),
        not(partIs(arnOfKey(KEY), 'region', ...regionsOf(scope))),
        not(
          any(
            isInsideProfile(scope, arnOfKey(KEY)),
            matching(partOf(arnOfKey(KEY), 'path'), like('application-inference-profile/*')),
          ),
        ),
      ),
    ),
  ),
  theorem('no model is chosen by a prompt router', 'scp', () =>
    all(actionIn(routedCalls()), present('bedrock:PromptRouterArn')),
  ),
  theorem("no request reaches Bedrock's other endpoint or Claude Platform", 'scp', () =>
    actionIn(['bedrock-mantle:*', 'aws-external-anthropic:*']),
  ),
  theorem("no retention mode but 'none' is set, by any role", 'scp', () =>
    all(
      actionIn(retentionModes()),
      any(not(present('bedrock:DataRetentionMode')), not(keyIs('bedrock:DataRetentionMode', 'none'))),
    ),
  ),
  theorem(
    "only the roles that deploy and those of a deployment change Bedrock's settings, guardrails, profiles and projects",
    'scp',
    (scope) =>
      all(
        actionIn([...settingsChanges(), ...UNLISTED_SETTINGS]),
        isNoDeployer(scope),
        not(present(`aws:PrincipalTag/${TAGS.deployment}`)),
      ),
  ),
];
