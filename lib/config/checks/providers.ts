import { factsOf } from '../../boundary/facts-of';
import { widerEuropeOf } from '../../boundary/wider-europe';
import { isReservedProvider, SERVICES } from '../../facts/services';
import { isWhole, present, valueAt } from '../read/draft';
import type { Path, Problem } from '../read/problem';
import type { Check, Subject } from './check';

type Written = NonNullable<NonNullable<NonNullable<Subject['draft']['providers']>['declared']>[number]>;

/** The keys of a provider that only Azure has. */
const AZURE_KEYS = ['resource', 'region', 'deployments', 'maxCheckAge'] as const;

/** Each provider has a name of its own, and exactly the keys of its service. */
export const checkProviders: Check = (subject) => {
  const written = present(subject.draft.providers?.declared);
  return written.flatMap(([index, provider]) => {
    const isRepeated = written.some(
      ([other, { name }]) => other < index && name !== undefined && name === provider.name,
    );
    return [
      ...nameProblems([...DECLARED, index, 'name'], provider, isRepeated),
      ...ownProblems(subject, [...DECLARED, index], provider),
    ];
  });
};

const DECLARED: Path = ['providers', 'declared'];

/** Whether a provider has a mistake that is reported at its declaration, so that what names it can't be checked. */
export const hasProviderProblem = (subject: Subject, name: string): boolean =>
  present(subject.draft.providers?.declared)
    .filter(([, provider]) => provider.name === name)
    .some(([index, provider]) => {
      const at = [...DECLARED, index];
      return (
        isReservedProvider(name) ||
        !isWhole(valueAt(subject.raw, at), provider) ||
        ownProblems(subject, at, provider).length > 0
      );
    });

const ownProblems = (subject: Subject, at: Path, provider: Written): Problem[] => [
  ...keyProblems(subject, at, provider),
  ...acceptanceProblems(subject, at, provider),
  ...deploymentProblems(at, provider),
];

function nameProblems(path: Path, { name }: Written, isRepeated: boolean): Problem[] {
  if (isRepeated) return [{ path, text: `found '${name}' a second time; give each provider its own name` }];
  if (name === undefined || !isReservedProvider(name)) return [];
  return [
    { path, text: `found '${name}', which names destinations of another kind; choose a name such as '${name}-eu'` },
  ];
}

function keyProblems({ raw }: Subject, at: Path, provider: Written): Problem[] {
  const { service } = provider;
  if (service === undefined) return [];
  if (service !== 'azure') {
    return AZURE_KEYS.filter((key) => provider[key] !== undefined).map((key) => ({
      path: [...at, key],
      text: `belongs to the service 'azure', and this provider's is '${service}'; remove it`,
      atKey: true,
    }));
  }
  const needed = { resource: 'contoso-eu', region: 'germanywestcentral' };
  return Object.entries(needed)
    .filter(([key]) => valueAt(raw, [...at, key]) === undefined)
    .map(([key, example]) => ({
      path: [...at, key],
      text: `is missing; the service 'azure' needs it; for example '${key}: ${example}'`,
    }));
}

/** An acceptance that accepts nothing would look as if it were needed. */
function acceptanceProblems({ boundary }: Subject, at: Path, { service, acceptsWiderEurope }: Written): Problem[] {
  if (boundary === undefined || service === undefined || acceptsWiderEurope === undefined) return [];
  const facts = factsOf(boundary);
  const isWider = (name: (typeof SERVICES)[number]) => widerEuropeOf(facts.service(name)?.provider ?? '') !== undefined;
  if (isWider(service)) return [];
  const wider = SERVICES.filter((name) => name !== 'openai' && isWider(name)).map((name) => `'${name}'`);
  const text = `belongs to services whose Europe is wider than the EU (${wider.join(', ')}), and that of '${service}' isn't; remove it`;
  return [{ path: [...at, 'acceptsWiderEurope'], text, atKey: true }];
}

function deploymentProblems(at: Path, { deployments }: Written): Problem[] {
  const written = present(deployments);
  return written
    .filter(([index, { name }]) =>
      written.some(([other, one]) => other < index && name !== undefined && one.name === name),
    )
    .map(([index, { name }]) => ({
      path: [...at, 'deployments', index, 'name'],
      text: `found '${name}' a second time; remove one of them`,
    }));
}
