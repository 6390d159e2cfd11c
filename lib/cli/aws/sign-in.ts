import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { UsageError } from '../shared/usage-error';
import { type Caller, type Calls, unsigned } from './caller';

/**
 * Finds credentials as the AWS SDK does, and asks the Region's own STS for their account.
 *
 * @throws UsageError if there are none, AWS doesn't know them, or it can't be reached
 */
export async function signIn(calls: Calls, region: string): Promise<Caller> {
  const client = new STSClient(unsigned(calls, 'sts', region));
  try {
    const credentials = await client.config.credentials();
    const { Account: account, Arn: arn } = await client.send(new GetCallerIdentityCommand({}));
    if (account === undefined || arn === undefined) throw new TypeError('no account');
    return { account, arn, credentials, calls };
  } catch (error) {
    throw new UsageError(whyNot(error as Error & { readonly code?: string }, region));
  }
}

const EXPIRED = /^(ExpiredToken(Exception)?|RequestExpired|TokenProviderError)$/;
const UNKNOWN = /^(UnrecognizedClientException|InvalidClientTokenId|SignatureDoesNotMatch|IncompleteSignature)$/;
const SIGN_IN =
  "sign in ('aws sso login', or 'aws login'), set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";

function whyNot({ name, message, code }: Error & { readonly code?: string }, region: string): string {
  if (name === 'CredentialsProviderError') {
    return /expired/i.test(message)
      ? `your AWS credentials have expired; ${SIGN_IN}`
      : `no AWS credentials were found; ${SIGN_IN}`;
  }
  if (EXPIRED.test(name)) return `your AWS credentials have expired; ${SIGN_IN}`;
  if (UNKNOWN.test(name)) return `AWS doesn't know your credentials (${name}); ${SIGN_IN}`;
  if (/^E[A-Z_]+$/.test(code ?? '') || name === 'TimeoutError') {
    return `AWS can't be reached in ${region} from here (${code ?? name}); check the network, a proxy or a VPN, and try again`;
  }
  return `AWS doesn't identify your credentials (${name}), so nothing was read; try again, and if it still fails, ${SIGN_IN}`;
}
