import { TOKEN_KINDS, type TokenKind, type TokensByKind, tokensByKind } from '../../../contract/token-prices';
import type { RequestLog, Tokens } from '../../http/records/request-log';

/** The tokens of one model that one destination counted. */
export interface UseOfDestination {
  /** The policy's name of the model. */
  readonly model: string;
  readonly region: string;
  /** The destination's name in records. */
  readonly destination: string;
  readonly tokens: TokensByKind;
}

/** No name of a Region or model contains it. Earlier versions would read a part with `#` as one of a model. */
const BAR = '|';

/** The counts of a request by kind of token, model and destination, as they are stored with a project's count. */
export function partsByDestination(
  { model, destination }: RequestLog,
  tokens: Tokens | undefined,
): Readonly<Record<string, number>> {
  if (model === undefined || destination === undefined || tokens === undefined) return {};
  const counts = tokensByKind(tokens);
  return Object.fromEntries(
    TOKEN_KINDS.flatMap((kind) =>
      counts[kind] === 0
        ? []
        : [[[kind, destination.sourceRegion, model, destination.id].join(BAR), counts[kind]] as const],
    ),
  );
}

/** The use of each destination, from the parts of a project's count. */
export function useByDestination(parts: Readonly<Record<string, number>>): UseOfDestination[] {
  const uses = new Map<string, UseOfDestination>();
  for (const [name, count] of Object.entries(parts)) {
    const [kind = '', region, model, ...rest] = name.split(BAR);
    if (region === undefined || model === undefined || rest.length === 0 || !isKind(kind)) continue;
    const destination = rest.join(BAR);
    const key = [region, model, destination].join(BAR);
    const tokens = uses.get(key)?.tokens ?? { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
    uses.set(key, { model, region, destination, tokens: { ...tokens, [kind]: count } });
  }
  return [...uses.values()];
}

const isKind = (text: string): text is TokenKind => TOKEN_KINDS.some((kind) => kind === text);
