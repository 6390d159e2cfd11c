import { APIGatewayClient, GetAccountCommand } from '@aws-sdk/client-api-gateway';
import { linesOf } from '../../../report/doctor/doctor-line';
import { clientSettings } from '../caller';
import type { Check } from './subject';
import { unseen } from './unseen';

/** The role with which API Gateway writes access logs now: a setting of the account and Region, which the foundation replaces. */
export const logRole: Check = async ({ caller, deployment }) => {
  const region = deployment.primaryRegion;
  const lines = linesOf('API Gateway log role')(region);
  try {
    const client = new APIGatewayClient(clientSettings(caller, 'apigateway', region));
    const { cloudwatchRoleArn } = await client.send(new GetAccountCommand({}));
    const name = cloudwatchRoleArn?.split('/').at(-1);
    if (name === undefined) return [lines.ok('none; the foundation sets one, for all APIs of the account and Region')];
    return [
      lines.ok(
        name.startsWith(`${deployment.name}-foundation-`)
          ? `${name}, of this deployment`
          : `${name}; the foundation replaces it, for all APIs of the account and Region (ApiGatewayLogRole.EXISTING keeps it)`,
      ),
    ];
  } catch (error) {
    return [unseen(lines, region, 'apigateway:GET on /account', error)];
  }
};
