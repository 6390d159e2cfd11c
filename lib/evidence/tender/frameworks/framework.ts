import { ANSWERS, type AnswerId } from '../answers';

/** A criterion of a framework, by its official ID and in words of the package. */
export interface Criterion {
  readonly id: string;
  readonly title: string;
  /** What answers it. */
  readonly answer: AnswerId;
  /** What helps to meet it, without answering it. */
  readonly support: readonly AnswerId[];
  /** The level that the answer reaches; only in the Cloud Sovereignty Framework, and only where it is known. */
  readonly level?: number;
  /** The same in the partition `aws-eusc`, if it differs. */
  readonly sovereignLevel?: number;
}

export interface Framework {
  readonly name: string;
  readonly version: string;
  /** How many criteria the framework has, as its source counts them. */
  readonly total: number;
  /** The source in which the IDs were read. */
  readonly source: string;
  /** What a reader has to know before the rows. */
  readonly note: string;
  readonly criteria: readonly Criterion[];
}

/**
 * Criteria from lines `ID | answer + support + support | title`, with `| level` or `| level/level in aws-eusc` at the end if there is one.
 *
 * @throws if a line has another form, or names an answer that doesn't exist
 */
export function criteria(table: string): readonly Criterion[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [id = '', named = '', title = '', levels] = line.split('|').map((cell) => cell.trim());
      const [answer, ...support] = named.split('+').map((name) => known(name.trim(), id));
      if (answer === undefined || title === '') throw new Error(`the criterion '${id}' has no answer or no title`);
      const [level, sovereign] = (levels ?? '').split('/');
      return {
        id,
        title,
        answer,
        support,
        ...(level ? { level: Number(level) } : {}),
        ...(sovereign ? { sovereignLevel: Number(sovereign) } : {}),
      };
    });
}

function known(name: string, id: string): AnswerId {
  if (!(name in ANSWERS)) throw new Error(`the criterion '${id}' names an answer that doesn't exist`);
  return name as AnswerId;
}
