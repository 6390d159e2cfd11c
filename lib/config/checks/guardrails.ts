import { decideArn } from '../../boundary/arn';
import { parseArn } from '../../boundary/arn-parts';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { decideGuardrail, whyUnguarded } from '../../boundary/guardrail';
import { type Partly, present } from '../read/draft';
import type { Path, Problem } from '../read/problem';
import { asFound } from './as-found';
import { callers, type DeclaredProject } from './callers';
import type { Subject } from './check';
import type { ResolvedModels } from './destinations';
import { type NamedEntry, namedGuardrails } from './named-guardrails';

type Tenant = Partly<Pick<DeclaredProject, 'models' | 'guardrail'>>;

/** Each guardrail is inside the boundary, and checks every destination of its tenant: no request is served without it. */
export function checkGuardrails(subject: Subject, models: ResolvedModels): Problem[] {
  const { draft } = subject;
  return [
    ...present(draft.workspaces).flatMap(([index, tenant]) =>
      problemsOf(subject, ['workspaces', index], tenant, models),
    ),
    ...callers(draft).flatMap(([path, tenant]) => problemsOf(subject, path, tenant, models)),
  ];
}

function problemsOf(subject: Subject, path: Path, tenant: Tenant, { destinations }: ResolvedModels): Problem[] {
  const { boundary, primary, draft } = subject;
  if (tenant.guardrail === undefined || boundary === undefined || primary === undefined) return [];
  const entries = namedGuardrails(tenant.guardrail, [...path, 'guardrail'], primary);
  const regions = entries.map(({ region }) => region);
  return [
    ...entries.flatMap((entry, at) =>
      entryProblems(boundary, entry, regions.indexOf(entry.region) < at, draft.account),
    ),
    ...present(tenant.models).flatMap(([position, id]) =>
      (destinations.get(id) ?? []).flatMap((destination) => {
        const why = whyUnguarded(boundary, destination, regions);
        const text = `found '${id}', whose destination '${destination.id}' the tenant's guardrail can't check: ${why}`;
        return why === undefined ? [] : [{ path: [...path, 'models', position], text }];
      }),
    ),
  ];
}

function entryProblems(
  boundary: ResidencyBoundary,
  { path, id, version, region, profile, key }: NamedEntry,
  isRepeated: boolean,
  account: string | undefined,
): Problem[] {
  if (isRepeated) return [{ path, text: `found a second guardrail for ${region}; keep one of them` }];
  // What is missing has been reported.
  if (id === undefined || version === undefined) return [];
  const decision = decideGuardrail(boundary, { id, version, region, ...(profile && { profile }) }, account);
  if (!decision.inside) return [{ path, text: asFound(id, decision.detail) }];
  const place = key === undefined ? undefined : decideArn(boundary, key);
  if (place?.inside === false) return [{ path: [...path, 'key'], text: asFound(key ?? '', place.detail) }];
  if (key === undefined || parseArn(key)?.region === region) return [];
  return [{ path: [...path, 'key'], text: `found '${key}', but a guardrail in ${region} has its key in ${region}` }];
}
