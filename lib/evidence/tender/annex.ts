import type { TemplateInput } from '../../guard/assembly/template-input';
import { type AnswerId, answerOf } from './answers';
import { inAssembly } from './assembly/in-assembly';
import { missingTenant } from './assembly/missing-tenant';
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
  return {
    ...main,
    criterion: id,
    title: facts.titles.get(id) ?? title,
    isTested: main.status === 'provided' && main.pointers.some(isTest),
    support: helps.map(({ id: name, status, text }) => ({ id: name, status, text })),
    pointers: [...new Set([main, ...helps].flatMap(({ pointers }) => pointers))],
    ...(level !== undefined && { level }),
    ...(sovereignLevel !== undefined && { sovereignLevel }),
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
  const missing = [
    ...missingTenant(answer.about, facts.templates),
    ...checks.flatMap((check) => check.missing ?? []),
    ...(answer.needsResident && (facts.violations ?? 0) > 0
      ? [`the guard refuses the assembly (${facts.violations} findings)`]
      : []),
  ];
  const isWrong = missing.length > 0 && REFUTABLE.includes(answer.status);
  const received = attestation === undefined ? undefined : facts.attested.get(attestation);
  return {
    id,
    status: isWrong ? 'not-met' : answer.status,
    text: isWrong ? `Not in this assembly: ${missing.join('; ')}.` : answer.text,
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
export const isRefuted = ({ id, status }: TenderAnswer): boolean =>
  status === 'not-met' && REFUTABLE.includes(answerOf(id).status);

/** Statements about the assembly itself. */
const REFUTABLE: readonly TenderStatus[] = ['provided', 'not-applicable'];

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
