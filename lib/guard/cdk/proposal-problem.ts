import { checkExceptions } from '../../config/checks/exceptions';
import { checkPlaces } from '../../config/checks/places';
import { type Partly, valueAt } from '../../config/read/draft';
import { pathText } from '../../config/read/problem';
import { checkShape } from '../../config/read/shape';
import { type DeclarationsFile, declarationsSchema } from '../../config/schema/declarations-schema';
import type { DeclaredException } from '../declarations/declared-exception';
import { declaredBy } from '../report/exception-to-paste';
import type { DeclaredPlace } from '../rule/declared-places';

/** What a library proposes. */
interface Proposed {
  readonly library: string;
  readonly exceptions?: readonly Omit<DeclaredException, 'approver' | 'expires'>[];
  readonly places?: readonly DeclaredPlace[];
}

/** The parts of an exception that aren't the library's: the guard names the resource, and the owner the rest. */
const ADDED = { stack: 'STACK', logicalId: 'LOGICALID', approver: 'APPROVER', expires: '2999-12-31' };

/** Why the file of an app's owner would refuse what a library proposes, without its words; none if it would accept everything. */
export function proposalProblem({ library, exceptions = [], places = [] }: Proposed): string | undefined {
  const written = {
    exceptions: exceptions.map(({ rule, type, property, value, reason }) => ({
      rule,
      type,
      property,
      value,
      reason: declaredBy({ library, reason }),
      ...ADDED,
    })),
    places: places.map(({ host, bucket, type, country, reason }) => ({
      host,
      bucket,
      type,
      country,
      reason: declaredBy({ library, reason }),
    })),
  };
  const { draft, problems } = checkShape<Partly<DeclarationsFile>>(written, declarationsSchema);
  const [problem] = [...problems, ...checkExceptions(draft), ...checkPlaces(draft)];
  if (problem === undefined) return undefined;
  const found = `found '${valueAt(written, problem.path)}'`;
  const why = problem.text.startsWith(found)
    ? `the value${problem.text.slice(found.length)}`
    : `the value isn't permitted${problem.text.replace(/^.*?(?=; allowed: )/s, '')}`;
  return `'${pathText(problem.path)}' would be refused in the owner's file: ${why}`;
}
