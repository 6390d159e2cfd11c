import { AWS_LIMITS, type AwsLimitName } from '../../facts/aws-limits';
import { measured } from './measured';

/** A part of a template that AWS refuses. */
export interface Exceeded {
  readonly limit: AwsLimitName;
  /** The resource; none for the whole template. */
  readonly logicalId?: string;
  /** What is too large, how large it is at least, and the limit with its source. */
  readonly description: string;
}

/**
 * Everything in a template that exceeds a limit of AWS, whatever its deployment adds.
 *
 * @param text the template's file
 */
export const exceeded = (text: string): Exceeded[] =>
  measured(JSON.parse(text), text)
    .filter(({ limit, found }) => found > AWS_LIMITS[limit].most)
    .map(({ limit, of, found, logicalId }) => {
      const { most, unit, source } = AWS_LIMITS[limit];
      return {
        limit,
        ...(logicalId !== undefined && { logicalId }),
        description: `${of} has at least ${found} ${unit}, and AWS accepts no more than ${most} (${source})`,
      };
    });
