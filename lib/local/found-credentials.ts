import type { Credentials } from '../runtime/aws/signature';

type Provider = Extract<Credentials, (...args: never[]) => unknown>;

/**
 * The credentials that the AWS SDK finds on a developer's machine. The search for them is loaded when the first call is signed,
 * because an echo signs no calls. An AWS call to get credentials stays in the Region.
 */
export function foundCredentials(region: string): Provider {
  let finding: Promise<Provider> | undefined;
  return async () => {
    finding ??= import('@aws-sdk/credential-provider-node').then(({ defaultProvider }) =>
      defaultProvider({ clientConfig: { region } }),
    );
    return (await finding)();
  };
}
