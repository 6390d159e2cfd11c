import { MODELS_METADATA, TAGS } from '../../contract/tags';
import type { TemplateInput } from '../../guard/assembly/template-input';
import { isMap } from '../../guard/template/node';
import type { Json } from '../../guard/template/parse';
import { egressMemory } from './egress-memory';
import { type Features, featuresOf } from './features';
import { propertiesOf, resourcesOf } from './resources';
import { tenantOf } from './tenant-of';

/** What the templates say about a tenant's gateway and its users. */
export interface Gateway {
  /** `workspace/sciences` or `projects`. */
  readonly tenant: string;
  readonly region: string;
  /** The memory of its function, in GB; none if the template doesn't say. */
  readonly memory?: number;
  /** The destinations of each model, in the order in which they are tried. */
  readonly models: Readonly<Record<string, readonly string[]>>;
  /** The days for which a workspace stores content; none: until it is deleted. */
  readonly days?: number;
  /** Whether members sign in through an identity provider. */
  readonly isFederated: boolean;
  /** Whether the user pool, if the tenant has one of its own, has the tier whose price is known. */
  readonly isLite: boolean;
  /**
   * What it has switched on.
   *
   * @default - nothing
   */
  readonly features?: Features;
  /** The memory of the egress function, in GB; none without egress. */
  readonly egressMemory?: number;
}

/** The gateways of templates, one for each tenant. */
export function gatewaysOf(templates: readonly TemplateInput[]): Gateway[] {
  const egress = egressMemory(templates);
  return templates.flatMap(({ template, deployRegion: region }) => {
    const resources = resourcesOf(template);
    const found = resources.find(({ Metadata }) => isMap(Metadata) && isMap(Metadata[MODELS_METADATA]));
    if (found === undefined || region === undefined) return [];
    const { MemorySize: memory } = propertiesOf(found);
    const pools = resources.filter(({ Type }) => Type === 'AWS::Cognito::UserPool').map(propertiesOf);
    const days = daysOf(resources);
    return [
      {
        tenant: tenantOf(template),
        region,
        models: (found.Metadata as Json)[MODELS_METADATA] as Gateway['models'],
        ...(typeof memory === 'number' && { memory: memory / 1_024 }),
        ...(days !== undefined && { days }),
        // A workspace without a pool of its own shares one, which always has an identity provider.
        isFederated:
          pools.length === 0 || resources.some(({ Type }) => Type === 'AWS::Cognito::UserPoolIdentityProvider'),
        isLite: pools.every(({ UserPoolTier }) => UserPoolTier === 'LITE'),
        features: featuresOf(resources),
        ...(egress !== undefined && { egressMemory: egress }),
      },
    ];
  });
}

/** The workspace's key has the retention of the workspace; some of its stores have another. */
function daysOf(resources: readonly Json[]): number | undefined {
  const keys = resources.filter(({ Type }) => Type === 'AWS::KMS::Key').map(propertiesOf);
  const tags = keys.flatMap(({ Tags }) => (Array.isArray(Tags) ? Tags : []));
  const [, days] = /^(\d+)d$/.exec(tags.find((tag) => tag?.Key === TAGS.retention)?.Value ?? '') ?? [];
  return days === undefined ? undefined : Number(days);
}
