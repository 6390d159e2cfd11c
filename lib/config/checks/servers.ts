import { type AnyDestination, decideOpenAi, decideServer } from '../../boundary/server';
import type { Partly } from '../read/draft';
import type { Path, Problem } from '../read/problem';
import type { ResidencyFile } from '../schema/schema';
import type { Subject } from './check';
import { openAiTerms } from './openai-terms';

type Target = Partly<NonNullable<ResidencyFile['models']>[number]['destinations'][number]>;

type Kind = 'bedrock' | 'openai' | 'server';

/** The kind of destination that each other key belongs to. */
const BELONGS: Readonly<Record<Exclude<keyof Target, Kind>, Kind>> = {
  region: 'bedrock',
  api: 'bedrock',
  model: 'server',
  addresses: 'server',
  kind: 'server',
};

/** A destination other than Bedrock, or its problems; none when it is one of Bedrock's. */
export function resolveServer(subject: Subject, path: Path, target: Target): AnyDestination | Problem[] | undefined {
  const strays = (Object.keys(BELONGS) as (keyof typeof BELONGS)[])
    .map((key) => [key, BELONGS[key]] as const)
    .filter(([key, owner]) => target[key] !== undefined && target[owner] === undefined);
  if (strays.length > 0) {
    return strays.map(([key, owner]) => ({
      path: [...path, key],
      text: `belongs to a destination with '${owner}'; remove it, or add '${owner}'`,
      atKey: true,
    }));
  }
  const { boundary, primary, draft } = subject;
  const { openai, server, model, kind, addresses } = target;
  if (boundary === undefined || (openai === undefined && server === undefined)) return undefined;
  if (openai !== undefined) {
    // Whether content may be retained depends on the tenants of the model, which is another check.
    const decision = decideOpenAi(boundary, openai, openAiTerms(draft.openai), true);
    if (decision.inside) return decision.destination;
    return [{ path: [...path, 'openai'], text: `found '${openai}', but ${decision.detail}` }];
  }
  if (model === undefined)
    return [{ path: [...path, 'model'], text: 'is missing; allowed: the name of a model on that server' }];
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
