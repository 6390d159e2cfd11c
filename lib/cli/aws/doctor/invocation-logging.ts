import { linesOf } from '../../../report/doctor/doctor-line';
import { isDeclared } from '../../../runtime/settings/logging';
import { inTurns } from '../in-turns';
import { type Check, processingRegions } from './subject';
import { unseen } from './unseen';

const of = linesOf('invocation logging');

/** Whether Bedrock logs every prompt and answer, in any Region that may process a request. */
export const invocationLogging: Check = (subject) =>
  inTurns(processingRegions(subject), 4, async (region) => {
    try {
      const logging = await subject.control.invocationLogging(region);
      if (logging === undefined) return of(region).ok('off');
      const { bedrock, primaryRegion } = subject.deployment;
      const declared = bedrock.invocationLogging;
      if (declared && isDeclared(region, logging, { region: primaryRegion, ...declared })) {
        return of(region).ok("on, to what 'bedrock.invocationLogging' declares");
      }
      const places = [
        ...logging.buckets.map((bucket) => `bucket '${bucket}'`),
        logging.logGroup && `log group '${logging.logGroup}'`,
      ];
      return of(region).missing(
        `every prompt and answer of the account is written to ${places.filter(Boolean).join(' and ') || 'a place that it names'}`,
        `ask the person who turned it on to turn it off: aws bedrock delete-model-invocation-logging-configuration --region ${region}`,
      );
    } catch (error) {
      return unseen(of(region), region, 'bedrock:GetModelInvocationLoggingConfiguration', error);
    }
  });
