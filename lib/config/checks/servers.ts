import type { ResidencyBoundary } from '../../boundary/boundary';
import { didYouMean } from '../../boundary/nearest';
import { decideProvider } from '../../boundary/provider';
import { type AnyDestination, decideOpenAi, decideServer } from '../../boundary/server';
import { isReservedProvider } from '../../facts/services';
import { type Partly, present, valueAt } from '../read/draft';
import type { Path, Problem } from '../read/problem';
import type { ResidencyFile } from '../schema/schema';
import type { Subject } from './check';
import { declaredIn } from './declared-providers';
import { openAiTerms } from './openai-terms';
import { hasProviderProblem } from './providers';

type Target = Partly<NonNullable<ResidencyFile['models']>[number]['destinations'][number]>;

type Kind = 'bedrock' | 'openai' | 'provider' | 'server';

/** The kinds of destination that each other key belongs to. */
const BELONGS: Readonly<Record<Exclude<keyof Target, Kind>, readonly Kind[]>> = {
  region: ['bedrock'],
  api: ['bedrock'],
  model: ['server', 'provider'],
  addresses: ['server'],
  kind: ['server', 'provider'],
};

/** A destination other than Bedrock, or its problems; none when it is one of Bedrock's. */
export function resolveServer(subject: Subject, path: Path, target: Target): AnyDestination | Problem[] | undefined {
  // One that is written and invalid has been reported.
  const isWritten = (key: keyof Target) => valueAt(subject.raw, [...path, key]) !== undefined;
  const strays = (Object.keys(BELONGS) as (keyof typeof BELONGS)[])
    .map((key) => [key, BELONGS[key]] as const)
    .filter(([key, owners]) => target[key] !== undefined && !owners.some(isWritten));
  if (strays.length > 0) {
    return strays.map(([key, owners]) => {
      const named = owners.map((owner) => `'${owner}'`).join(' or ');
      return {
        path: [...path, key],
        text: `belongs to a destination with ${named}; remove it, or add ${named}`,
        atKey: true,
      };
    });
  }
  const { boundary, primary, draft } = subject;
  const { openai, provider, server, model, kind, addresses } = target;
  if (boundary === undefined) return undefined;
  if (openai === undefined && provider === undefined && server === undefined) return undefined;
  const euOwnedOnly = draft.providers?.euOwnedOnly === true;
  if (openai !== undefined) {
    // Whether content may be retained depends on the tenants of the model, which is another check.
    const decision = decideOpenAi(boundary, openai, openAiTerms(draft.openai), true, euOwnedOnly);
    if (decision.inside) return decision.destination;
    return [{ path: [...path, 'openai'], text: `found '${openai}', but ${decision.detail}` }];
  }
  if (model === undefined) {
    if (isWritten('model')) return [];
    const where = server === undefined ? 'at that provider' : 'on that server';
    return [{ path: [...path, 'model'], text: `is missing; allowed: the name of a model ${where}` }];
  }
  if (provider !== undefined) return resolveProvider(subject, boundary, path, target);
  if (primary === undefined || server === undefined) return [];
  const decision = decideServer({
    url: server,
    model,
    kind: kind === 'embedding' ? 'embedding' : 'text',
    addresses: addresses?.filter((range) => range !== undefined),
    region: primary,
  });
  if (decision.inside) return decision.destination;
  return [{ path: [...path, 'server'], text: `found '${server}', but ${decision.detail}` }];
}

function resolveProvider(
  subject: Subject,
  boundary: ResidencyBoundary,
  path: Path,
  { provider, model = '', kind }: Target,
): AnyDestination | Problem[] {
  const { draft, azureChecks } = subject;
  const at = [...path, 'provider'];
  const declared = declaredIn(draft, azureChecks);
  const found = declared.find(({ name }) => name === provider);
  if (found === undefined) {
    // One that has a mistake of its own may be the one that is named.
    const written = present(draft.providers?.declared);
    if (written.length > declared.length || written.some(([, { name }]) => name === provider)) return [];
    return [
      {
        path: at,
        text: `found '${provider}', ${undeclared(
          provider,
          declared.map(({ name }) => name).filter((name) => !isReservedProvider(name)),
        )}`,
      },
    ];
  }
  if (hasProviderProblem(subject, found.name)) return [];
  const decision = decideProvider(
    boundary,
    found,
    { model, kind: kind === 'embedding' ? 'embedding' : 'text' },
    // Whether content may be retained depends on the tenants of the model, which is another check.
    { keepsContent: true, euOwnedOnly: draft.providers?.euOwnedOnly === true },
  );
  if (decision.inside) return decision.destination;
  return [{ path: at, text: `found '${provider}' with the model '${model}', but ${decision.detail}` }];
}

function undeclared(provider: string | undefined, names: readonly string[]): string {
  if (provider === 'openai') return "which isn't declared as a provider; write 'openai: <model>' without 'model'";
  if (provider !== undefined && isReservedProvider(provider))
    return `which names destinations of another kind; write '${provider === 'vpc' ? 'server: <URL>' : 'bedrock: <model ID>'}'`;
  const what = "which 'providers.declared' doesn't declare; ";
  return names.length === 0
    ? `${what}add 'providers: { declared: [{ name: ${provider}, service: <service> }] }'`
    : `${what}allowed: ${names.join(', ')}${didYouMean(provider, names)}`;
}
