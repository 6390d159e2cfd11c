import type { TemplateInput } from '../../guard/assembly/template-input';
import type { UsedException } from '../../guard/declarations/apply-declarations';
import { type AnswerId, answerOf } from './answers';
import { inAssembly } from './assembly/in-assembly';
import { missingTenant } from './assembly/missing-tenant';
import { notResident } from './assembly/not-resident';
import type { Criterion, Framework } from './frameworks/framework';
import type { TenderStatus } from './model/answer';
import { ATTESTATIONS, type Attestation } from './model/attestation';
import { pointerText } from './model/pointer';
import { isDeciding, type TemplatePointer } from './model/template-pointer';

/** What the annex is made from besides the answers. */
export interface AnnexFacts {
  /** The assembly that is offered. Without it, no statement is checked against a template. */
  readonly templates?: readonly TemplateInput[];
  /** How many findings of the guard block in that assembly. */
  readonly violations?: number;
  /** The declared exceptions that permit something in that assembly. */
  readonly exceptions?: readonly UsedException[];
  /** The days on which the bidder received an attestation. */
  readonly attested: ReadonlyMap<Attestation, string>;
  /** Titles of the buyer's own copy of a catalogue, by ID. */
  readonly titles: ReadonlyMap<string, string>;
  /** The day of the annex. */
  readonly date: string;
}

/** An answer as it applies to the assembly. */
export interface TenderAnswer {
  readonly id: AnswerId;
  readonly status: TenderStatus;
  readonly text: string;
  /** What it doesn't cover, or who has to do it; empty if there is nothing. */
  readonly rest: string;
  /** What the status rests on. */
  readonly basis: 'tested' | 'template' | 'documented' | 'attested' | 'to be confirmed';
  readonly pointers: readonly string[];
  /** The day of the statement. */
  readonly date: string;
}

export interface TenderRow extends TenderAnswer {
  readonly criterion: string;
  readonly title: string;
  /** Whether a test shows the answer itself. */
  readonly isTested: boolean;
  /** Whether a test shows the answer or what supports it. */
  readonly hasTest: boolean;
  readonly support: readonly { readonly id: AnswerId; readonly status: TenderStatus; readonly text: string }[];
  readonly level?: number;
  readonly sovereignLevel?: number;
}

/** The rows of a framework. */
export const annexRows = ({ criteria }: Framework, facts: AnnexFacts): TenderRow[] =>
  criteria.map((criterion) => rowOf(criterion, facts));

function rowOf(criterion: Criterion, facts: AnnexFacts): TenderRow {
  const { id, title, answer, support, level, sovereignLevel } = criterion;
  const main = tenderAnswer(answer, facts);
  const helps = support.map((one) => tenderAnswer(one, facts));
  // No level rests on what isn't so, or on places that may be outside the boundary.
  const isShown = !isRefuted(main) && !helps.some((one) => isRefuted(one) && answerOf(one.id).needsResident);
  return {
    ...main,
    criterion: id,
    title: facts.titles.get(id) ?? title,
    isTested: main.status === 'provided' && main.pointers.some(isTest),
    hasTest:
      !isRefuted(main) &&
      [main, ...helps.filter((one) => !isRefuted(one))].some(({ pointers }) => pointers.some(isTest)),
    support: helps.map(({ id: name, status, text }) => ({ id: name, status, text })),
    pointers: [...new Set([main, ...helps].flatMap(({ pointers }) => pointers))],
    ...(isShown && level !== undefined && { level }),
    ...(isShown && sovereignLevel !== undefined && { sovereignLevel }),
  };
}

/** An answer with what the assembly and the attestations say about it. */
export function tenderAnswer(id: AnswerId, facts: AnnexFacts): TenderAnswer {
  const answer = answerOf(id);
  const { pointers, attestation } = answer;
  const checks =
    facts.templates === undefined
      ? []
      : pointers.filter(isTemplate).map((one) => ({ pointer: one, ...inAssembly(one, facts.templates ?? []) }));
  const isClaim = CLAIMS.includes(answer.status);
  const missing = [
    ...(isClaim ? missingTenant(answer.about, facts.templates) : []),
    ...(isClaim ? checks.flatMap((check) => check.missing ?? []) : []),
    ...(answer.needsResident ? notResident(facts) : []),
  ];
  const isWrong = missing.length > 0;
  const refutation = `Not in this assembly: ${missing.join('; ')}.`;
  const received = attestation === undefined ? undefined : facts.attested.get(attestation);
  return {
    id,
    status: isWrong ? 'not-met' : answer.status,
    // What isn't met in any assembly stays true.
    text: !isWrong ? answer.text : isClaim ? refutation : `${answer.text} ${refutation}`,
    rest: [answer.rest, attestation && attestationText(attestation, received)].filter(Boolean).join(' '),
    basis: basisOf(
      id,
      received,
      checks.some(({ pointer }) => isDeciding(pointer)),
      isWrong,
    ),
    pointers: [
      ...pointers.filter((one) => !(isTemplate(one) && checks.length > 0)).map(pointerText),
      ...checks.flatMap(({ pointer, found }) => (found.length > 0 ? shortened(found) : [pointerText(pointer)])),
    ],
    date: received ?? facts.date,
  };
}

/** Whether the assembly, not the answer itself, is why something isn't met. */
export const isRefuted = ({ status, basis }: TenderAnswer): boolean => status === 'not-met' && basis === 'template';

/** What an assembly's templates can contradict. */
const CLAIMS: readonly TenderStatus[] = ['provided', 'not-applicable'];

const isTest = (pointer: string): boolean => pointer.startsWith('test/');

const isTemplate = (pointer: { readonly kind: string }): pointer is TemplatePointer => pointer.kind === 'template';

/** A deployment of a hundred workspaces has as many of some resources. */
const MOST = 3;
const shortened = (found: readonly string[]) =>
  found.length > MOST ? [...found.slice(0, MOST), `and ${found.length - MOST} more of the same type`] : found;

const attestationText = (attestation: Attestation, received: string | undefined): string =>
  received === undefined
    ? `To be confirmed: request ${ATTESTATIONS[attestation]}.`
    : `Shown by ${ATTESTATIONS[attestation]}, received on ${received}.`;

function basisOf(
  id: AnswerId,
  received: string | undefined,
  isLookedUp: boolean,
  isWrong: boolean,
): TenderAnswer['basis'] {
  const { status, pointers } = answerOf(id);
  if (isWrong) return 'template';
  if (status === 'inherited') return received === undefined ? 'to be confirmed' : 'attested';
  if (status !== 'provided') return 'documented';
  if (isLookedUp) return 'template';
  return pointers.some(({ kind }) => kind === 'test') ? 'tested' : 'documented';
}
