import { type AnnexFacts, type TenderAnswer, tenderAnswer } from './annex';
import { alternativesOf } from './match/alternatives';
import { type Confidence, confidenceOf, matchesOf } from './match/proposal';
import { decidingTermOf } from './match/terms';
import { STATUSES, type TenderStatus } from './model/answer';
import type { Requirement } from './requirements/requirements';

/**
 * What is proposed for a requirement.
 *
 * - `to-check`: its subject has an answer, but only a single word names it, or another word decides what is asked for
 * - `unanswered`: its subject isn't recognised
 */
export type ProposalStatus = TenderStatus | 'to-check' | 'unanswered';

/** A proposed answer to one requirement. A person has to read it before it is sent. */
export interface Proposal extends Requirement {
  /** The worst of all answers', so that it never claims more than each; of a choice, that of the better side. */
  readonly status: ProposalStatus;
  readonly confidence?: Confidence;
  /** The best answers, and among them one with the worst status. */
  readonly answers: readonly TenderAnswer[];
  /** How many more answers the requirement has. They count for the status. */
  readonly more: number;
  /** The words of the requirement by which the answers were found, and the one that isn't understood. */
  readonly words: readonly string[];
}

/** A requirement that asks for more subjects should be split. */
const MOST = 3;

/** A proposal for each requirement, in their order. */
export const proposals = (requirements: readonly Requirement[], facts: AnnexFacts): Proposal[] =>
  requirements.map(({ id, text }) => {
    const matches = matchesOf(text);
    if (matches.length === 0) return { id, text, status: 'unanswered', answers: [], more: 0, words: [] };
    const answers = matches.map(({ answer }) => tenderAnswer(answer, facts));
    const shown = shownOf(answers);
    const term = decidingTermOf(text);
    const status = statusOf(text, answers);
    const confidence = term === undefined ? confidenceOf(matches) : 'low';
    return {
      id,
      text,
      status: confidence === 'low' && CLAIMS.includes(status) ? 'to-check' : status,
      confidence,
      answers: shown,
      more: answers.length - shown.length,
      words: [
        ...new Set([
          ...matches.flatMap(({ answer, parts }) => (shown.some(({ id: one }) => one === answer) ? parts : [])),
          ...(term === undefined ? [] : [term]),
        ]),
      ],
    };
  });

/** What would be untrue if the requirement asks for more, for the opposite or for something else. */
const CLAIMS: readonly TenderStatus[] = ['provided', 'inherited'];

/** The best of the answers, with the best of the worst status in place of the last if it isn't among them. */
function shownOf(answers: readonly TenderAnswer[]): readonly TenderAnswer[] {
  const best = answers.slice(0, MOST);
  const decides = answers.find(({ status }) => status === worst(answers)) as TenderAnswer;
  return best.includes(decides) ? best : [...best.slice(0, MOST - 1), decides];
}

/** The side of a choice that isn't offered doesn't count, if each side has an answer. */
function statusOf(text: string, answers: readonly TenderAnswer[]): TenderStatus {
  const choice = alternativesOf(text);
  const side = (part: string) => {
    const named = new Set(matchesOf(part).map(({ answer }) => answer));
    return answers.filter(({ id }) => named.has(id));
  };
  const [first, second] = choice === undefined ? [[], []] : [side(choice.first), side(choice.second)];
  if (first.length === 0 || second.length === 0) return worst(answers);
  const rank = (of: readonly TenderAnswer[]) => STATUSES.indexOf(worst(of));
  const worse = rank(first) > rank(second) ? first : second;
  const better = worse === first ? second : first;
  return worst(answers.filter((answer) => !worse.includes(answer) || better.includes(answer)));
}

const worst = (answers: readonly TenderAnswer[]): TenderStatus =>
  [...STATUSES].reverse().find((status) => answers.some((answer) => answer.status === status)) ?? 'not-met';
