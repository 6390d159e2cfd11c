import { parseArn } from '../../boundary/arn-parts';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { looksLikeProfile } from '../../boundary/profile-id';
import { where } from '../../boundary/region';
import { mayServeWithoutRetention } from '../../boundary/retention';
import type { Facts } from '../../facts/facts';
import { traitsOf } from '../../facts/traits';
import type { Problem } from '../read/problem';
import { shortened } from '../read/problem';
import type { AdmittedRow } from '../schema/admitted-schema';

/**
 * The most days for which a row may be admitted. Half a year is less than the notice that providers give of a model's end, so each row
 * is reviewed at least once before that.
 */
export const ADMITTED_DAYS = 180;

/** A problem of one row: the keys within it, and what is wrong. */
interface RowProblem {
  readonly path: readonly PropertyKey[];
  readonly text: string;
}

/**
 * What forbids rows of `residency-admitted.yaml`. The facts are those below the rows, because a row can't confirm itself.
 *
 * @param now the time by which a row has expired
 */
export function checkAdmitted(
  rows: readonly AdmittedRow[],
  boundary: ResidencyBoundary,
  facts: Facts,
  now: Date,
): Problem[] {
  return rows.flatMap((row, index) => {
    const isRepeated = rows.findIndex(({ id, from }) => id === row.id && from === row.from) < index;
    const repeated = isRepeated
      ? [{ path: ['id'], text: `found '${row.id}' called from ${row.from} a second time; remove one of the rows` }]
      : [];
    const problems = [...repeated, ...checkRow(row, boundary, facts, now)];
    return problems.map(({ path, text }) => ({ path: ['admitted', index, ...path], text }));
  });
}

/** What forbids one row. */
export function checkRow(row: AdmittedRow, boundary: ResidencyBoundary, facts: Facts, now: Date): RowProblem[] {
  return [
    ...checkTimes(row, now),
    ...checkPeople(row),
    ...checkId(row),
    ...checkAnswer(row),
    ...checkRegions(row, boundary),
    ...checkRetention(row, facts),
    ...checkLike(row, facts),
  ];
}

const again = ({ id }: AdmittedRow) =>
  `admit it again ('eu-residency facts admit ${id}'), or remove the row and what uses it`;

const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

function checkTimes(row: AdmittedRow, now: Date): RowProblem[] {
  const { readAt, expires } = row;
  if (Date.parse(readAt) > now.getTime()) {
    return [
      {
        path: ['readAt'],
        text: `found '${readAt}', which is in the future, so Bedrock can't have answered then; check the clock, and ${again(row)}`,
      },
    ];
  }
  if (expires <= now.toISOString().slice(0, 10)) {
    return [{ path: ['expires'], text: `found '${expires}': the row has expired, and admits nothing; ${again(row)}` }];
  }
  const latest = dayAfter(readAt.slice(0, 10), ADMITTED_DAYS);
  return expires > latest
    ? [
        {
          path: ['expires'],
          text: `found '${expires}', more than ${ADMITTED_DAYS} days after Bedrock answered; allowed: at the latest ${latest}`,
        },
      ]
    : [];
}

/** A name without what a person can write differently: case, white space, width, invisible characters. */
const folded = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Cf}]/gu, '');

/** The names that a text gives a person: itself, the user or session at the end of an ARN, and the address in `Ada <ada@example.eu>`. */
const namesIn = (text: string) =>
  [text, text.slice(text.lastIndexOf('/') + 1), /<([^<>]+)>/.exec(text)?.[1] ?? text].map(folded);

function checkPeople(row: AdmittedRow): RowProblem[] {
  const { requestedBy, approvedBy } = row;
  const requesters = namesIn(requestedBy);
  return namesIn(approvedBy).some((name) => requesters.includes(name))
    ? [
        {
          path: ['approvedBy'],
          text: `found '${shortened(approvedBy)}', who also requested it; someone other than the requester must approve it: name another approver`,
        },
      ]
    : [];
}

function checkId(row: AdmittedRow): RowProblem[] {
  const { id, geography, model } = row;
  const prefix = id.slice(0, id.indexOf('.'));
  if (prefix === 'global' || geography === 'global') {
    return [
      {
        path: ['id'],
        text: `found '${id}', which may be processed in any Region of the world, so it can't be admitted; use the 'eu.' profile of the same model`,
      },
    ];
  }
  if (!looksLikeProfile(id)) {
    if (geography !== undefined) {
      return [
        { path: ['geography'], text: `found '${geography}', but '${id}' is a model, not a profile; ${again(row)}` },
      ];
    }
    return id === model.id
      ? []
      : [{ path: ['model', 'id'], text: `found '${model.id}', but the row is about '${id}'; ${again(row)}` }];
  }
  if (geography !== prefix) {
    return [
      {
        path: geography === undefined ? ['id'] : ['geography'],
        text: `found ${geography === undefined ? 'no geography' : `'${geography}'`}, but '${id}' is a profile of the geography '${prefix}'; ${again(row)}`,
      },
    ];
  }
  return id === `${prefix}.${model.id}`
    ? []
    : [
        {
          path: ['model', 'id'],
          text: `found '${model.id}', but '${id}' is a profile of '${id.slice(prefix.length + 1)}'; ${again(row)}`,
        },
      ];
}

/** The parts of Bedrock's answer must agree, or the row was edited. */
function checkAnswer(row: AdmittedRow): RowProblem[] {
  const { id, from, geography, regions, modelArns, model } = row;
  const arns = modelArns.map((arn) => parseArn(arn));
  const named = [...new Set(arns.map((arn) => arn?.region ?? ''))].sort().join();
  if (named !== [...new Set(regions)].sort().join()) {
    return [
      {
        path: ['regions'],
        text: `found ${regions.join(', ')}, but 'modelArns' name ${named.replaceAll(',', ', ') || 'no Region'}; the row isn't Bedrock's answer any more: ${again(row)}`,
      },
    ];
  }
  if (arns.some((arn) => arn?.resource !== `foundation-model/${model.id}`)) {
    return [{ path: ['modelArns'], text: `found the ARN of another model than '${model.id}'; ${again(row)}` }];
  }
  if (geography !== undefined) return [];
  if (regions.join() !== from) {
    return [
      {
        path: ['regions'],
        text: `found ${regions.join(', ')}, but a model without a profile is processed where it is called, in ${from}; ${again(row)}`,
      },
    ];
  }
  return model.inferenceTypes.includes('ON_DEMAND')
    ? []
    : [
        {
          path: ['model', 'inferenceTypes'],
          text: `found ${model.inferenceTypes.join(', ') || 'an empty list'}: ${from} doesn't serve '${id}' itself, only through an inference profile; admit the profile, such as 'eu.${id}'`,
        },
      ];
}

function checkRegions(row: AdmittedRow, boundary: ResidencyBoundary): RowProblem[] {
  const text = (code: string) => `${code}, ${where(code)}`;
  const source = boundary.containsRegion(row.from)
    ? []
    : [
        {
          path: ['from'],
          text: `found ${text(row.from)}, outside ${boundary.label}; only a Region inside it can call a model: one of ${boundary.regionCodes().join(', ')}`,
        },
      ];
  const outside = row.regions.flatMap((code, index) =>
    boundary.containsRegion(code)
      ? []
      : [
          {
            path: ['regions', index],
            text: `found ${text(code)}, outside ${boundary.label}, where '${row.id}' called from ${row.from} may be processed; no one can admit a Region outside the boundary: remove the row, and use another model`,
          },
        ],
  );
  return [...source, ...outside];
}

function checkRetention({ id, model, retains }: AdmittedRow, facts: Facts): RowProblem[] {
  const decision = mayServeWithoutRetention(facts, model.id);
  if (decision.inside) return [];
  if (decision.reason === 'keeps-content') {
    return retains?.days === 0
      ? [
          {
            path: ['retains', 'days'],
            text: `found the number 0, but ${decision.detail}, and no row can take that back; remove 'retains': workspaces can use the model, projects can't`,
          },
        ]
      : [];
  }
  return retains === undefined
    ? [
        {
          path: [],
          text: `${decision.detail}, so '${id}' can't be admitted without a declaration; read the provider's terms and Bedrock's abuse detection page, and add --retains nothing, or --retains 30d, with --retention-reason`,
        },
      ]
    : [];
}

function checkLike({ like }: AdmittedRow, facts: Facts): RowProblem[] {
  return like === undefined || traitsOf(facts, like) !== undefined
    ? []
    : [
        {
          path: ['like'],
          text: `found '${like}', of which the facts contain no traits; name a model that 'eu-residency models' lists, or none: the gateway then sends the model messages only`,
        },
      ];
}
