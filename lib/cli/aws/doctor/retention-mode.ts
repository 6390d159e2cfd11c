import { linesOf } from '../../../report/doctor/doctor-line';
import { inTurns } from '../in-turns';
import { type Check, processingRegions } from './subject';
import { unseen } from './unseen';

const of = linesOf('retention mode');

/** The account's retention mode in Bedrock, in every Region that may process a request. */
export const retentionMode: Check = (subject) =>
  inTurns(processingRegions(subject), 4, async (region) => {
    try {
      const mode = await subject.control.retentionMode(region);
      if (mode === 'none') return of(region).ok('none');
      return subject.deployment.bedrock.retention === 'manage'
        ? of(region).ok(`'${mode}' now; the deployment sets 'none' for all calls in this account`)
        : of(region).missing(
            `'${mode}', and 'bedrock.retention: verify' leaves it for you to set`,
            `aws bedrock put-account-data-retention --mode none --region ${region}; or write 'bedrock.retention: manage'`,
          );
    } catch (error) {
      return unseen(of(region), region, 'bedrock:GetAccountDataRetention', error);
    }
  });
