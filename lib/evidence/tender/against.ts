import { type AnnexFacts, type TenderAnswer, tenderAnswer } from './annex';
import { alternativesOf } from './match/alternatives';
import { type Confidence, confidenceOf, matchesOf } from './match/proposal';
import { STATUSES, type TenderStatus } from './model/answer';
import type { Requirement } from './requirements/requirements';

/** A proposed answer to one requirement. A person has to read it before it is sent. */
export interface Proposal extends Requirement {
  /**
   * The worst of the answers', so that it never claims more than each; of a choice, that of the better side. `unanswered` if no subject
   * is recognised.
   */
  readonly status: TenderStatus | 'unanswered';
  readonly confidence?: Confidence;
  readonly answers: readonly TenderAnswer[];
  /** The words of the requirement by which the answers were found. */
  readonly words: readonly string[];
}

/** A proposal for each requirement, in their order. */
export const proposals = (requirements: readonly Requirement[], facts: AnnexFacts): Proposal[] =>
  requirements.map(({ id, text }) => {
    const matches = matchesOf(text);
    if (matches.length === 0) return { id, text, status: 'unanswered', answers: [], words: [] };
    const answers = matches.map(({ answer }) => tenderAnswer(answer, facts));
    return {
      id,
      text,
      status: statusOf(text, answers),
      confidence: confidenceOf(matches),
      answers,
      words: [...new Set(matches.flatMap(({ phrases }) => phrases))],
    };
  });

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
