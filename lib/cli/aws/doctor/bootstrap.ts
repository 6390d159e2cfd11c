import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { linesOf } from '../../../report/doctor/doctor-line';
import { clientSettings } from '../caller';
import { inTurns } from '../in-turns';
import { type Check, deployRegions } from './subject';
import { unseen } from './unseen';

/** The version that templates of CDK's default synthesizer require. */
const OLDEST = 6;
const of = linesOf('CDK bootstrap');

/** Whether the account is bootstrapped for CDK in every Region that stacks are deployed to. */
export const bootstrap: Check = (subject) =>
  inTurns(deployRegions(subject), 4, async (region) => {
    const { caller, qualifier } = subject;
    const fix =
      `npx cdk bootstrap aws://${caller.account}/${region}` +
      (qualifier === 'hnb659fds' ? '' : ` --qualifier ${qualifier}`);
    try {
      const client = new SSMClient(clientSettings(caller, 'ssm', region));
      const { Parameter } = await client.send(new GetParameterCommand({ Name: `/cdk-bootstrap/${qualifier}/version` }));
      const version = Number(Parameter?.Value);
      return version >= OLDEST
        ? of(region).ok(`version ${version}`)
        : of(region).missing(`version ${version || 'unknown'}, but ${OLDEST} is the oldest that works`, fix);
    } catch (error) {
      if (error instanceof ParameterNotFound) return of(region).missing(`none with qualifier '${qualifier}'`, fix);
      return unseen(of(region), region, 'ssm:GetParameter', error);
    }
  });
