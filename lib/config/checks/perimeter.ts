import { decideArn } from '../../boundary/arn';
import { parseArn } from '../../boundary/arn-parts';
import { present } from '../read/draft';
import type { Check } from './check';

/** The guardrails of the organization are inside the boundary, and each Region has one: AWS enforces a guardrail in its own Region only. */
export const checkPerimeter: Check = ({ draft, boundary }) => {
  const guardrails = present(draft.perimeter?.guardrails);
  const places = guardrails.map(([, arn]) => parseArn(arn)).map((arn) => `${arn?.partition}:${arn?.region}`);
  return guardrails.flatMap(([index, arn], nth) => {
    const path = ['perimeter', 'guardrails', index];
    const place = boundary && decideArn(boundary, arn);
    if (place?.inside === false) return [{ path, text: place.detail }];
    return places.indexOf(places[nth] as string) < nth
      ? [
          {
            path,
            text: `found a second guardrail of ${parseArn(arn)?.region}; AWS enforces one in each Region: remove one`,
          },
        ]
      : [];
  });
};
